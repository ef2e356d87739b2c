package dev.rowan.internal.write;

import dev.rowan.error.DatabaseException;
import dev.rowan.internal.codec.BindValues;
import dev.rowan.internal.codec.Codec;
import dev.rowan.internal.failure.MysqlError;
import dev.rowan.internal.table.TableMapping;
import dev.rowan.record.KeyedRecord;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
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
 * with the new one. If they are equal, it calls LAST_INSERT_ID(x), and the server reports x as the generated key. Where
 * it generates ids, x is the id of the existing row, with bit 63 set. Elsewhere x is a mark that is made for this
 * upsert, so that it cannot be the key of an earlier statement, plus the number of existing rows until now. If the keys
 * differ, the row has the same value in another key: the server evaluates a scalar subquery with two rows, and the
 * statement fails.
 *
 * <p>If the table has an UPDATE trigger, the answer to the upsert does not contain x, but {@code LAST_INSERT_ID()}
 * still returns it.
 *
 * <p>Immutable.
 */
final class UpsertGuard<R extends KeyedRecord<R>> {

    /** The sign bit: no generated id has it. */
    private static final int EXISTING_BIT = 63;

    private static final long EXISTING = 1L << EXISTING_BIT;

    /** The low bits of a mark, in which the existing rows are counted: more than the rows of a statement. */
    private static final int COUNTING_BITS = 20;

    /** The types of ids that leave the bit free. */
    private static final Set<Class<?>> SIGNED =
            Set.of(Byte.class, Short.class, Integer.class, Long.class, UByte.class, UShort.class, UInteger.class);

    private static final Field<Long> MARK = DSL.field("mark", SQLDataType.BIGINT);

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
                        : count(),
                column);
    }

    /** Returns the mark plus one for the first existing row, then one more for each. "| 0" makes the mark unsigned. */
    private static Field<Long> count() {
        return DSL.field(
                "if(last_insert_id() >> {0} = {1} >> {0}, last_insert_id(), {1} | 0) + 1",
                SQLDataType.BIGINT, DSL.inline(COUNTING_BITS), TableMapping.placeholder(MARK));
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

    /** Returns a mark that no other upsert has: a random number that is no generated id, and room to count in. */
    static long newMark() {
        return (ThreadLocalRandom.current().nextLong() | EXISTING) >> COUNTING_BITS << COUNTING_BITS;
    }

    /** Returns the bind values of the guard, which come after those of the rows. */
    BindValues binds(InsertChunk<R> chunk, long mark) {
        var binds = new BindValues();
        if (answersId(chunk)) {
            return binds;
        }
        var codec = Codec.of(MARK.getDataType());
        return binds.add(codec, mark).add(codec, mark);
    }

    /** Returns whether a row existed before, by the generated key that the server reports. */
    boolean existed(InsertChunk<R> chunk, long generatedKey, long mark) {
        return answersId(chunk) ? generatedKey < 0 : counted(generatedKey, mark) > 0;
    }

    /** Returns the number of existing rows, by the generated key that the server reports instead of one. */
    static long counted(long generatedKey, long mark) {
        return generatedKey >> COUNTING_BITS == mark >> COUNTING_BITS ? generatedKey - mark : 0;
    }

    /**
     * Returns whether the answer to the upsert may lack the key that the guard has reported.
     *
     * @param count the number of rows as MySQL counts them: 2 for an updated row
     * @param generatedKey the key in the answer
     */
    boolean mayBeHidden(InsertChunk<R> chunk, long count, long generatedKey, long mark) {
        if (existed(chunk, generatedKey, mark)) {
            return false;
        }
        // if the server generates the ids, an insert reports one, the first of several; but with an UPDATE trigger, the
        // answer has the id of an updated row, if no row was inserted
        var rows = chunk.rows().size();
        return !chunk.isNumbered() || count > rows || (rows == 1 && generatedKey == 0);
    }

    /** Returns the id of the row, by the generated key that the server reports: it shifts the sign over bit 63. */
    static long id(long generatedKey) {
        return generatedKey << 1 >> 1;
    }

    /** Returns the first id that the server generated for the rows, by the key that it reports; 0 for none. */
    long firstGenerated(InsertChunk<R> chunk, long generatedKey, long mark) {
        return chunk.isNumbered() && !existed(chunk, generatedKey, mark) ? generatedKey : 0;
    }

    /** Returns whether the guard made a statement fail. */
    static boolean isRefusal(DatabaseException e) {
        return MysqlError.SUBQUERY_OF_SEVERAL_ROWS.is(e);
    }
}
