package dev.rowan.internal.statement;

import dev.rowan.internal.codec.BindValues;
import dev.rowan.internal.driver.GeneratedKeys;
import dev.rowan.internal.failure.StatementKind;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jooq.Table;
import org.jspecify.annotations.Nullable;

/**
 * One statement to run: its text, its values, what it is about, and how its answer is read.
 *
 * @param table null for a statement about no single table
 * @param setup what is done to the statement before its values are bound
 * @param isList whether its rows can be read while the server sends them
 * @param <T> the answer
 */
public record SqlCommand<T>(
        StatementKind verb,
        @Nullable Table<?> table,
        String text,
        BindValues binds,
        Setup setup,
        boolean isList,
        Answer<T> answer) {

    /** Readies a statement for more than text and values can say: a size to fetch by, a file to send. */
    @FunctionalInterface
    public interface Setup {
        void ready(PreparedStatement statement) throws SQLException;
    }

    /** Reads the answer of a statement that was executed, and of its rows; to close these is not its business. */
    @FunctionalInterface
    interface Answer<T> {
        T from(PreparedStatement executed, @Nullable ResultSet rows) throws SQLException;
    }

    /** Reads the answer of a statement that has no rows. */
    @FunctionalInterface
    public interface Outcome<T> {
        T of(PreparedStatement executed) throws SQLException;
    }

    /** Reads the answer from the rows; the cursor stands before the first. */
    @FunctionalInterface
    public interface Reader<T> {
        T read(ResultSet rows) throws SQLException;
    }

    private static final Setup NONE = statement -> {};

    private static final int SHORT = 1_000;

    public static <T> SqlCommand<T> query(@Nullable Table<?> table, String text, BindValues binds, Reader<T> reader) {
        return query(table, text, binds, false, reader);
    }

    /** Makes a query that answers with what the reader makes of each row, to which it is given with the cursor on it. */
    public static <E> SqlCommand<List<E>> list(@Nullable Table<?> table, String text, BindValues binds, Reader<E> row) {
        return query(table, text, binds, true, rows -> all(rows, row));
    }

    private static <T> SqlCommand<T> query(
            @Nullable Table<?> table, String text, BindValues binds, boolean isList, Reader<T> reader) {
        return new SqlCommand<>(
                StatementKind.READ,
                table,
                text,
                binds,
                NONE,
                isList,
                (statement, rows) -> reader.read(Objects.requireNonNull(rows)));
    }

    /** Makes a call that answers with the number of rows it found, changed or not. */
    public static SqlCommand<Long> write(StatementKind verb, Table<?> table, String text, BindValues binds) {
        return write(verb, table, text, binds, PreparedStatement::getLargeUpdateCount);
    }

    public static <T> SqlCommand<T> write(
            StatementKind verb, Table<?> table, String text, BindValues binds, Outcome<T> outcome) {
        return new SqlCommand<>(verb, table, text, binds, NONE, false, (statement, rows) -> outcome.of(statement));
    }

    /** Makes an insert of one row that answers with the key the server made, or 0 if it made none. */
    public static SqlCommand<Long> insert(Table<?> table, String text, BindValues binds) {
        return write(StatementKind.INSERT, table, text, binds, GeneratedKeys::of);
    }

    /**
     * Returns this call for once: the driver would keep its statement prepared, for which the server keeps hundreds of bytes
     * a value. That is for texts that come again, not for each number of rows that there may be; short ones are let be.
     */
    public SqlCommand<T> unpooled() {
        return text.length() <= SHORT ? this : with(statement -> statement.setPoolable(false));
    }

    /** Returns this call with something done to the statement before its values are bound, in place of what was. */
    public SqlCommand<T> with(Setup other) {
        return new SqlCommand<>(verb, table, text, binds, other, isList, answer);
    }

    /** Returns this call with other values. */
    public SqlCommand<T> with(BindValues other) {
        return new SqlCommand<>(verb, table, text, other, setup, isList, answer);
    }

    /** Returns this query with other words in place of its SELECT. */
    public SqlCommand<T> selecting(String select) {
        return new SqlCommand<>(verb, table, select + text.substring("select".length()), binds, setup, isList, answer);
    }

    /** Returns this call with words before its text, and with so many seconds to run; 0 for no limit. */
    public SqlCommand<T> within(String prefix, int seconds) {
        if (prefix.isEmpty() && seconds == 0) {
            return this;
        }
        return new SqlCommand<>(
                verb,
                table,
                prefix + text,
                binds,
                statement -> {
                    statement.setQueryTimeout(seconds);
                    setup.ready(statement);
                },
                isList && seconds == 0, // the driver's limit ends with the first row
                answer);
    }

    /** Prepares and binds the statement on this connection, for the caller to execute and to close. */
    PreparedStatement prepare(Connection connection, String as) throws SQLException {
        var statement = connection.prepareStatement(as, ResultSet.TYPE_FORWARD_ONLY, ResultSet.CONCUR_READ_ONLY);
        try {
            // the driver keeps a prepared statement, and with it the limit that its last user set
            statement.setQueryTimeout(0);
            setup.ready(statement);
            binds.bind(statement);
            return statement;
        } catch (Throwable failure) {
            statement.close();
            throw failure;
        }
    }

    /** Reads the answer of the statement, which was executed, and notes how many rows it took. */
    T read(PreparedStatement executed, StatementMonitor.Execution execution) throws SQLException {
        execution.answered();
        return read(executed, executed.getResultSet(), execution);
    }

    private T read(PreparedStatement executed, @Nullable ResultSet rows, StatementMonitor.Execution execution)
            throws SQLException {
        var result = answer.from(executed, rows);
        if (rows == null) {
            execution.wrote(executed.getLargeUpdateCount());
        } else {
            execution.read(count(result, rows));
        }
        return result;
    }

    /**
     * Executes the statement and reads its answer; a list, where the connection is good for it, row by row while the
     * server sends them: that takes less time, and half the memory.
     */
    T run(PreparedStatement statement, boolean rowByRow, StatementMonitor.Execution execution) throws SQLException {
        if (isList && rowByRow) {
            return readWhileSent(statement, execution);
        }
        var rows = execute(statement);
        execution.answered();
        return read(statement, rows, execution);
    }

    private T readWhileSent(PreparedStatement statement, StatementMonitor.Execution execution) throws SQLException {
        statement.setFetchSize(Integer.MIN_VALUE);
        try (var rows = execute(statement)) {
            var result = read(statement, rows, execution);
            execution.answered();
            return result;
        } finally {
            // the driver keeps it with the statement, which is closed where the connection broke
            if (!statement.isClosed()) {
                statement.setFetchSize(0);
            }
        }
    }

    /**
     * Returns the rows of a read. Told what it is about, the driver need not look through the whole text, nor ask the
     * server before a write whether the session is read-only; what begins with other words, it may take for a write.
     */
    private @Nullable ResultSet execute(PreparedStatement statement) throws SQLException {
        if (text.startsWith("select")) {
            return statement.executeQuery();
        }
        if (verb.reads()) {
            return statement.execute() ? statement.getResultSet() : null;
        }
        statement.executeLargeUpdate();
        return null;
    }

    private static <E> List<E> all(ResultSet rows, Reader<E> row) throws SQLException {
        var all = new ArrayList<E>();
        while (RowStream.next(rows)) {
            all.add(row.read(rows));
        }
        return all;
    }

    /** The cursor tells where it stands, unless it went past the last row of a result that is in memory as a whole. */
    private static long count(Object result, ResultSet rows) throws SQLException {
        if (result instanceof Optional<?> one) {
            return one.isPresent() ? 1 : 0;
        }
        if (result instanceof Collection<?> many) {
            return many.size();
        }
        if (result instanceof Map<?, ?> many) {
            return many.size();
        }
        if (result instanceof RowStream.Outcome<?> outcome) {
            return outcome.rows();
        }
        return rows.getRow();
    }
}
