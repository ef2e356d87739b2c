package dev.rowan.internal.lob;

import dev.rowan.error.DatabaseException;
import dev.rowan.internal.codec.BindValues;
import dev.rowan.internal.codec.Codec;
import dev.rowan.internal.codec.UserBinding;
import dev.rowan.internal.codec.ValueCheck;
import dev.rowan.internal.executor.Executor;
import dev.rowan.internal.failure.StatementKind;
import dev.rowan.internal.statement.SqlCommand;
import dev.rowan.internal.statement.StreamFunction;
import dev.rowan.internal.table.Patch;
import dev.rowan.internal.table.TableMapping;
import dev.rowan.record.KeyedRecord;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import org.jooq.Field;
import org.jooq.Query;
import org.jooq.TableField;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;

/**
 * One BLOB or TEXT column of one row, written and read piece by piece, so that memory holds no value as a whole. Text
 * travels as its bytes in UTF-8.
 */
public final class LobColumn<R extends KeyedRecord<R>> {

    private final TableMapping<R> mapping;
    private final TableField<R, ?> column;
    private final List<TableField<R, ?>> keyFields;
    private final List<Object> key;

    /** Names the column and the row. @throws IllegalArgumentException if the column cannot be streamed */
    public LobColumn(
            TableMapping<R> mapping, TableField<R, ?> column, List<TableField<R, ?>> keyFields, List<Object> key) {
        this.mapping = mapping;
        this.column = column;
        this.keyFields = keyFields;
        this.key = key;
        var type = column.getDataType();
        if (!mapping.table().equals(column.getTable())
                || UserBinding.has(type)
                || !(isText() || ValueCheck.isNamed(type, "blob"))
                || type.readonly()) {
            throw new IllegalArgumentException(
                    column + " is not a column of " + mapping.table().getName()
                            + " that can be streamed: those are its BLOBs and TEXTs that are not generated.");
        }
    }

    /**
     * Writes the stream to its end, and says whether the row is there.
     *
     * @throws IOException that the stream throws, as it is
     */
    public boolean write(InputStream content, Executor executor) throws IOException {
        executor.tracker().beforeWrite(mapping.table(), key);
        var sent = new LobWriter(content, column, longest(executor));
        var text = mapping.text(List.of("write large", column), this::update);
        var binds = new BindValues().add(Codec.STREAM, sent).addAll(keyBinds());
        var update = SqlCommand.write(StatementKind.UPDATE, mapping.table(), text, binds)
                .with(statement -> statement.setPoolable(false)); // until it is closed, the server keeps what was sent
        try {
            return executor.<Long, RuntimeException>withoutRetry(false, session -> session.run(update)) > 0;
        } catch (DatabaseException e) {
            sent.rethrow();
            throw e;
        }
    }

    /** Runs the body with the value; there is no answer without a row, and none if it holds NULL. */
    public <T extends @Nullable Object, X extends Exception> Optional<T> read(
            StreamFunction<InputStream, T, X> body, Executor executor) throws X {
        var text = mapping.text(List.of("read large", column), this::select);
        return executor.<Optional<T>, X>withoutRetry(true, session -> {
            var content = new LobReader(session, mapping.table(), text, keyBinds(), isText());
            if (!content.isThere()) {
                return Optional.empty();
            }
            try {
                return Optional.ofNullable(body.read(content));
            } finally {
                content.end();
            }
        });
    }

    private BindValues keyBinds() {
        var binds = new BindValues();
        for (int i = 0; i < key.size(); i++) {
            binds.add(mapping.codec(keyFields.get(i)), key.get(i));
        }
        return binds;
    }

    private boolean isText() {
        return ValueCheck.isNamed(column.getDataType(), "clob");
    }

    /** Text that is too long for its column would lose blanks at its end in silence; bytes never do. */
    private long longest(Executor executor) {
        var type = column.getDataType();
        var packet = executor.statements().largestPacket();
        return isText() && type.lengthDefined() ? Math.min(type.length(), packet) : packet;
    }

    private Query update() {
        var content = DSL.val(null, SQLDataType.BLOB);
        var update = mapping.dsl()
                .update(mapping.table())
                .set(untyped(column), isText() ? DSL.field("convert({0} using utf8mb4)", content) : content);
        var version = mapping.version();
        return (version == null ? update : update.set(untyped(version), Patch.plusOne(version)))
                .where(TableMapping.equal(keyFields));
    }

    private Query select() {
        var place = DSL.val(null, SQLDataType.BIGINT);
        return mapping.dsl()
                .select(DSL.field("substring({0}, {1}, {2})", SQLDataType.BLOB, column, place, place))
                .from(mapping.table())
                .where(TableMapping.equal(keyFields));
    }

    private static Field<Object> untyped(Field<?> field) {
        return DSL.field("{0}", Object.class, field);
    }
}
