package dev.rowan.internal.statement;

import dev.rowan.internal.codec.BindValues;
import dev.rowan.internal.connection.SqlClassifier;
import dev.rowan.internal.driver.GeneratedKeys;
import dev.rowan.internal.failure.StatementKind;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jooq.Table;
import org.jspecify.annotations.Nullable;

/**
 * One statement as data: its SQL, its bind values, its kind and table, and how its result is read. A
 * {@link StatementExecutor} runs it.
 *
 * @param table null for a statement that is not about one table
 * @param setup runs before the values are bound
 * @param isList whether the rows can be read while the server sends them
 * @param calls how many concurrent calls were merged into this; 1 if none were
 * @param <T> the result
 */
public record SqlCommand<T>(
        StatementKind kind,
        @Nullable Table<?> table,
        String text,
        BindValues binds,
        Setup setup,
        boolean isList,
        int calls,
        ResultReader<T> result) {

    /** Configures a prepared statement beyond its SQL and values: a fetch size, or an infile stream. */
    @FunctionalInterface
    public interface Setup {
        void configure(PreparedStatement statement) throws SQLException;
    }

    /** Reads the result of an executed statement, and reports how many rows it read. It closes nothing. */
    @FunctionalInterface
    interface ResultReader<T> {
        T read(PreparedStatement executed, @Nullable ResultSet rows, RowCount count) throws SQLException;
    }

    /** Receives the number of rows that a reader has read. */
    @FunctionalInterface
    interface RowCount {
        void read(long rows);
    }

    /** Reads the result of a statement without rows. */
    @FunctionalInterface
    public interface Outcome<T> {
        T of(PreparedStatement executed) throws SQLException;
    }

    /** Reads a value from a result set. */
    @FunctionalInterface
    public interface Reader<T> {
        T read(ResultSet rows) throws SQLException;
    }

    /** Handles the row under the cursor. */
    @FunctionalInterface
    public interface RowHandler {
        void handle(ResultSet row) throws SQLException;
    }

    private static final Setup NO_SETUP = statement -> {};

    /** SQL of up to so many characters is always kept prepared. */
    private static final int ALWAYS_POOLED_LENGTH = 1_000;

    /**
     * SQL of more values is not kept prepared if its conditions are the caller's: 256 such statements of a connection
     * would take more than 25 MB.
     */
    private static final int MOST_POOLED_VALUES = 512;

    /**
     * Returns a query of at most one row; its result is empty if there is none.
     *
     * @param row reads the row under the cursor
     */
    public static <E> SqlCommand<Optional<E>> first(
            @Nullable Table<?> table, String text, BindValues binds, Reader<E> row) {
        return read(table, text, binds, false, (statement, rows, count) -> {
            var cursor = Objects.requireNonNull(rows);
            if (!cursor.next()) {
                count.read(0);
                return Optional.empty();
            }
            count.read(1);
            return Optional.of(row.read(cursor));
        });
    }

    /**
     * Returns a query of exactly one row, such as that of an aggregate function.
     *
     * @param row reads the row under the cursor
     */
    public static <T> SqlCommand<T> value(@Nullable Table<?> table, String text, BindValues binds, Reader<T> row) {
        return read(table, text, binds, false, (statement, rows, count) -> {
            var cursor = Objects.requireNonNull(rows);
            cursor.next();
            count.read(1);
            return row.read(cursor);
        });
    }

    /** Returns a query whose result is whether there is a row. */
    public static SqlCommand<Boolean> exists(@Nullable Table<?> table, String text, BindValues binds) {
        return read(table, text, binds, false, (statement, rows, count) -> {
            var exists = Objects.requireNonNull(rows).next();
            count.read(exists ? 1 : 0);
            return exists;
        });
    }

    /**
     * Returns a query that collects its rows.
     *
     * @param row reads the row under the cursor
     */
    public static <E> SqlCommand<List<E>> list(@Nullable Table<?> table, String text, BindValues binds, Reader<E> row) {
        return read(table, text, binds, true, (statement, rows, count) -> {
            var cursor = Objects.requireNonNull(rows);
            var list = new ArrayList<E>();
            while (RowStream.next(cursor)) {
                list.add(row.read(cursor));
            }
            count.read(list.size());
            return list;
        });
    }

    /** Returns a query that passes each row to a handler; the result is the number of rows. */
    public static SqlCommand<Long> forEach(
            @Nullable Table<?> table, String text, BindValues binds, RowHandler handler) {
        return read(table, text, binds, true, (statement, rows, count) -> {
            var cursor = Objects.requireNonNull(rows);
            long handled = 0;
            while (RowStream.next(cursor)) {
                handler.handle(cursor);
                handled++;
            }
            count.read(handled);
            return handled;
        });
    }

    private static <T> SqlCommand<T> read(
            @Nullable Table<?> table, String text, BindValues binds, boolean isList, ResultReader<T> result) {
        return new SqlCommand<>(StatementKind.READ, table, text, binds, NO_SETUP, isList, 1, result);
    }

    /** Returns a write whose result is the number of rows it matched, changed or not. */
    public static SqlCommand<Long> write(StatementKind kind, Table<?> table, String text, BindValues binds) {
        return write(kind, table, text, binds, PreparedStatement::getLargeUpdateCount);
    }

    /** Returns a write with a result of its own. */
    public static <T> SqlCommand<T> write(
            StatementKind kind, Table<?> table, String text, BindValues binds, Outcome<T> outcome) {
        return new SqlCommand<>(
                kind, table, text, binds, NO_SETUP, false, 1, (statement, rows, count) -> outcome.of(statement));
    }

    /** Returns an insert of one row whose result is the key that the server generated, or 0 if it generated none. */
    public static SqlCommand<Long> insert(Table<?> table, String text, BindValues binds) {
        return write(StatementKind.INSERT, table, text, binds, GeneratedKeys::of);
    }

    /**
     * Returns this command so that the driver does not keep its statement prepared, for which the server keeps hundreds
     * of bytes a value. Used for SQL that varies with the number of rows; short SQL is kept all the same.
     */
    public SqlCommand<T> unpooled() {
        return text.length() <= ALWAYS_POOLED_LENGTH ? this : with(statement -> statement.setPoolable(false));
    }

    /** Returns this query as a part of a statement of another kind: a failure is a failure of that statement. */
    public SqlCommand<T> as(StatementKind other) {
        return new SqlCommand<>(other, table, text, binds, setup, isList, calls, result);
    }

    /** Returns this command, {@linkplain #unpooled() unpooled} if it has so many values that it takes much memory. */
    public SqlCommand<T> unpooledIfLarge() {
        return isLarge(binds.size()) ? unpooled() : this;
    }

    /** Returns whether SQL of so many values takes much memory on the server. */
    static boolean isLarge(int values) {
        return values > MOST_POOLED_VALUES;
    }

    /** Returns this command with another setup in place of its own. */
    public SqlCommand<T> with(Setup other) {
        return new SqlCommand<>(kind, table, text, binds, other, isList, calls, result);
    }

    /** Returns this command with other bind values. */
    public SqlCommand<T> with(BindValues other) {
        return new SqlCommand<>(kind, table, text, other, setup, isList, calls, result);
    }

    /** Returns this command as one that several calls were merged into. */
    public SqlCommand<T> merging(int merged) {
        return new SqlCommand<>(kind, table, text, binds, setup, isList, merged, result);
    }

    /** Returns this query with other words in place of its SELECT. */
    public SqlCommand<T> selecting(String select) {
        return new SqlCommand<>(
                kind, table, select + text.substring("select".length()), binds, setup, isList, calls, result);
    }

    /** Returns this command with a prefix before its SQL. */
    public SqlCommand<T> after(String prefix) {
        return prefix.isEmpty()
                ? this
                : new SqlCommand<>(kind, table, prefix + text, binds, setup, isList, calls, result);
    }

    /** Returns how long the statement may take. */
    StatementWatch.Limit limit() {
        if (kind == StatementKind.STREAM) {
            return StatementWatch.Limit.STREAM;
        }
        return kind.reads() && !SqlClassifier.locks(text) ? StatementWatch.Limit.QUERY : StatementWatch.Limit.LOCKING;
    }
}
