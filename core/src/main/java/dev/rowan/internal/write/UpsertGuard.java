package dev.rowan.internal.write;

import dev.rowan.error.DatabaseException;
import dev.rowan.internal.failure.MysqlError;
import dev.rowan.internal.table.TableMapping;
import dev.rowan.record.KeyedRecord;
import java.util.List;
import java.util.Set;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.TableField;
import org.jooq.UniqueKey;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.jooq.types.UByte;
import org.jooq.types.UInteger;
import org.jooq.types.UShort;

/**
 * The guard of an upsert: an expression in its first assignment that lets {@code ON DUPLICATE KEY UPDATE} update the
 * row of one unique key only. By itself, MySQL updates the row with the same values in <em>any</em> unique key.
 *
 * <p>The guard assigns a column of the key to itself. To compute that, the server compares the key of the existing row
 * with the new one. If they are equal, it calls LAST_INSERT_ID(x), and the driver returns x as the generated key: bit
 * 63 of x says that the row existed, the other bits are its id if the primary key is an AUTO_INCREMENT column. If they
 * differ, the row has the same value in another key: the server evaluates a scalar subquery with two rows, and the
 * statement fails.
 *
 * <p>Immutable.
 */
final class UpsertGuard<R extends KeyedRecord<R>> {

    /** The sign bit: no generated id has it. */
    private static final int EXISTING_BIT = 63;

    private static final long EXISTING = 1L << EXISTING_BIT;

    /** The types of ids that leave the bit free. */
    private static final Set<Class<?>> SIGNED =
            Set.of(Byte.class, Short.class, Integer.class, Long.class, UByte.class, UShort.class, UInteger.class);

    private final TableMapping<R> mapping;
    private final List<TableField<R, ?>> key;
    private final List<TableField<R, ?>> primaryKey;

    UpsertGuard(TableMapping<R> mapping, UniqueKey<R> key) {
        this.mapping = mapping;
        this.key = key.getFields();
        this.primaryKey = TableMapping.primaryKey(mapping.table());
    }

    /**
     * Returns the column that the guard is assigned to: the first of the key. In the AUTO_INCREMENT column it would
     * fail for many rows, with MySQL's error 1869.
     */
    TableField<R, ?> column() {
        return key.getFirst();
    }

    /** Returns the guard, for an upsert of these rows. */
    Field<?> expression(InsertChunk<R> chunk) {
        return expression(column(), answersId(chunk));
    }

    private <T> Field<T> expression(TableField<R, T> column, boolean answersId) {
        // "=", not "<=>": NULL equals no other NULL. Compared with 0: the server optimizes if(x is null, a, a) away.
        return DSL.field(
                "if(if({0}, last_insert_id({1}), (select 1 union select 2)) = 0, {2}, {2})",
                column.getDataType(),
                DSL.and(key.stream().map(UpsertGuard::isSame).toList()),
                answersId
                        ? DSL.field("{0} | 1 << " + EXISTING_BIT, SQLDataType.BIGINT, primaryKey.getFirst())
                        : DSL.field("1 << " + EXISTING_BIT, SQLDataType.BIGINT),
                column);
    }

    private static <T> Condition isSame(Field<T> field) {
        return field.eq(DSL.excluded(field));
    }

    /** Returns whether the answer contains the id of the row, and the id is the whole primary key. */
    boolean answersId(InsertChunk<R> chunk) {
        var identity = mapping.identity();
        return identity != null
                && chunk.isNumbered()
                && primaryKey.equals(List.of(identity))
                && SIGNED.contains(primaryKey.getFirst().getType());
    }

    /** Returns whether the row existed before, by the generated key that the driver returned. */
    boolean existed(InsertChunk<R> chunk, long generatedKey) {
        return answersId(chunk) ? generatedKey < 0 : generatedKey == EXISTING;
    }

    /** Returns the id of the row, by the generated key that the driver returned: it shifts the sign over bit 63. */
    static long id(long generatedKey) {
        return generatedKey << 1 >> 1;
    }

    /** Returns whether the guard made a statement fail. */
    static boolean isRefusal(DatabaseException e) {
        return MysqlError.SUBQUERY_OF_SEVERAL_ROWS.is(e);
    }
}
