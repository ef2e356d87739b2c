package dev.rowan;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jooq.Table;

/**
 * One statement to run: its text, its values, what it is about, and how its answer is read.
 *
 * @param <T> the answer
 */
record Call<T>(Verb verb, Table<?> table, String text, Binds binds, Execution<T> execution) {

    /** Executes a statement that is bound, and reads its answer. */
    @FunctionalInterface
    interface Execution<T> {
        T run(PreparedStatement statement) throws SQLException;
    }

    /** Reads the answer from the rows; the cursor stands before the first. */
    @FunctionalInterface
    interface Reader<T> {
        T read(ResultSet rows) throws SQLException;
    }

    static <T> Call<T> query(Table<?> table, String text, Binds binds, Reader<T> reader) {
        return new Call<>(Verb.READ, table, text, binds, statement -> {
            try (var rows = statement.executeQuery()) {
                return reader.read(rows);
            }
        });
    }

    /** Makes a call that answers with the number of rows it found, changed or not. */
    static Call<Long> write(Verb verb, Table<?> table, String text, Binds binds) {
        return new Call<>(verb, table, text, binds, PreparedStatement::executeLargeUpdate);
    }

    /** Makes an insert of one row that answers with the key the server made, or 0 if it made none. */
    static Call<Long> insert(Table<?> table, String text, Binds binds) {
        return new Call<>(Verb.INSERT, table, text, binds, statement -> {
            statement.executeLargeUpdate();
            return GeneratedKey.of(statement);
        });
    }

    /** Prepares, binds, executes and reads, on this connection. */
    T on(Connection connection) throws SQLException {
        try (var statement =
                connection.prepareStatement(text, ResultSet.TYPE_FORWARD_ONLY, ResultSet.CONCUR_READ_ONLY)) {
            binds.bind(statement);
            return execution.run(statement);
        }
    }
}
