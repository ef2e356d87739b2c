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
 * A BLOB or TEXT column of one row, written and read as a stream, so that the whole value is never in memory. Text is
 * transferred as UTF-8. Immutable.
 */
public final class LobColumn<R extends KeyedRecord<R>> {

    private final TableMapping<R> mapping;
    private final TableField<R, ?> column;
    private final List<TableField<R, ?>> keyFields;
    private final List<Object> key;

    /** Selects the column of the row with a key. @throws IllegalArgumentException if the column cannot be streamed */
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
                            + " that can be streamed. Use a BLOB or TEXT column that is not generated.");
        }
    }

    /**
     * Writes the stream to its end, and returns whether there is such a row.
     *
     * @throws IOException if the stream throws it; it is not wrapped
     */
    public boolean write(InputStream content, Executor executor) throws IOException {
        executor.tracker().beforeWrite(mapping.table(), key);
        var text = mapping.text(List.of("write large", column), this::update);
        return executor.<Boolean, IOException>withoutRetry(false, session -> {
            var writer = new LobWriter(content, column, mostBytes(executor), session);
            var binds = new BindValues().add(Codec.STREAM, writer).addAll(keyBinds());
            try {
                return session.run(SqlCommand.write(StatementKind.UPDATE, mapping.table(), text, binds)
                                .with(writer::sendBy))
                        > 0;
            } catch (DatabaseException e) {
                writer.rethrowFailure();
                throw e;
            }
        });
    }

    /** Runs the body with the value, and returns its result; empty if there is no such row, or the column is NULL. */
    public <T extends @Nullable Object, X extends Exception> Optional<T> read(
            StreamFunction<InputStream, T, X> body, Executor executor) throws X {
        var text = mapping.text(List.of("read large", column), this::select);
        return executor.<Optional<T>, X>withoutRetry(true, session -> {
            var content = new LobReader(session, mapping.table(), text, keyBinds(), isText());
            if (!content.isPresent()) {
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

    /**
     * Returns the most bytes of a value. It is checked here for text: the server silently cuts trailing blanks off a
     * text that is too long for its column.
     */
    private long mostBytes(Executor executor) {
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
        return (version == null ? update : update.set(untyped(version), Patch.nextVersion(version)))
                .where(TableMapping.equal(keyFields));
    }

    private Query select() {
        var placeholder = DSL.val(null, SQLDataType.BIGINT);
        return mapping.dsl()
                .select(DSL.field("substring({0}, {1}, {2})", SQLDataType.BLOB, column, placeholder, placeholder))
                .from(mapping.table())
                .where(TableMapping.equal(keyFields));
    }

    private static Field<Object> untyped(Field<?> field) {
        return DSL.field("{0}", Object.class, field);
    }
}
