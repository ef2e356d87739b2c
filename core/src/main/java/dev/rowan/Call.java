package dev.rowan;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Map;
import org.jooq.Table;
import org.jspecify.annotations.Nullable;

/**
 * One statement to run: its text, its values, what it is about, and how its answer is read.
 *
 * @param table null for a statement about no single table
 * @param setup what is done to the statement before its values are bound
 * @param <T> the answer
 */
record Call<T>(Verb verb, @Nullable Table<?> table, String text, Binds binds, Setup setup, Answer<T> answer) {

    /** Readies a statement for more than text and values can say: a size to fetch by, a file to send. */
    @FunctionalInterface
    interface Setup {
        void ready(PreparedStatement statement) throws SQLException;
    }

    /** Reads the answer of a statement that was executed; closing what it read from is not its business. */
    @FunctionalInterface
    interface Answer<T> {
        T from(PreparedStatement executed) throws SQLException;
    }

    /** Reads the answer from the rows; the cursor stands before the first. */
    @FunctionalInterface
    interface Reader<T> {
        T read(ResultSet rows) throws SQLException;
    }

    private static final Setup NONE = statement -> {};

    static <T> Call<T> query(@Nullable Table<?> table, String text, Binds binds, Reader<T> reader) {
        return new Call<>(Verb.READ, table, text, binds, NONE, statement -> reader.read(statement.getResultSet()));
    }

    /** Makes a call that answers with the number of rows it found, changed or not. */
    static Call<Long> write(Verb verb, Table<?> table, String text, Binds binds) {
        return write(verb, table, text, binds, PreparedStatement::getLargeUpdateCount);
    }

    static <T> Call<T> write(Verb verb, Table<?> table, String text, Binds binds, Answer<T> answer) {
        return new Call<>(verb, table, text, binds, NONE, answer);
    }

    /** Makes an insert of one row that answers with the key the server made, or 0 if it made none. */
    static Call<Long> insert(Table<?> table, String text, Binds binds) {
        return new Call<>(Verb.INSERT, table, text, binds, NONE, GeneratedKey::of);
    }

    /** Returns this call with more done to the statement before its values are bound. */
    Call<T> with(Setup more) {
        return new Call<>(verb, table, text, binds, more, answer);
    }

    /** Returns this call with other values. */
    Call<T> with(Binds other) {
        return new Call<>(verb, table, text, other, setup, answer);
    }

    /** Returns this query with other words in place of its SELECT. */
    Call<T> selecting(String select) {
        return new Call<>(verb, table, select + text.substring("select".length()), binds, setup, answer);
    }

    /** Returns this call with words before its text, and with so many seconds to run; 0 for no limit. */
    Call<T> within(String prefix, int seconds) {
        if (prefix.isEmpty() && seconds == 0) return this;
        return new Call<>(
                verb,
                table,
                prefix + text,
                binds,
                statement -> {
                    statement.setQueryTimeout(seconds);
                    setup.ready(statement);
                },
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
    T read(PreparedStatement executed, Watch.Watched watched) throws SQLException {
        watched.answered();
        var rows = executed.getResultSet();
        var result = answer.from(executed);
        if (rows == null) watched.wrote(executed.getLargeUpdateCount());
        else watched.read(count(result, rows));
        return result;
    }

    /** The cursor tells where it stands, unless it went past the last row of a result that is in memory as a whole. */
    private static long count(Object result, ResultSet rows) throws SQLException {
        if (result instanceof Collection<?> many) return many.size();
        if (result instanceof Map<?, ?> many) return many.size();
        if (result instanceof RowStream.Outcome<?> outcome) return outcome.rows();
        return rows.getRow();
    }
}
