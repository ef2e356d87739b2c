package dev.rowan.internal.session;

import dev.rowan.error.DatabaseException;
import dev.rowan.internal.codec.BindValues;
import dev.rowan.internal.connection.ConnectionSource;
import dev.rowan.internal.statement.RowStream;
import dev.rowan.internal.statement.SqlCommand;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * Ends a query of a session whose rows were not all read, so that its connection can run the next statement.
 *
 * <p>It sends KILL QUERY on another connection and waits for the answer before it reads the remaining rows. So the kill
 * cannot hit the session's next statement, which is sent later; the server ignores a kill that arrives after the last
 * row.
 */
record QueryKiller(long connectionId, ConnectionSource others) implements RowStream.Ending {

    /** Asks for the server's id of the session's connection. */
    static final SqlCommand<Long> CONNECTION_ID =
            SqlCommand.value(null, "select connection_id()", new BindValues(), row -> row.getLong(1));

    @Override
    public void end(ResultSet rows) throws SQLException {
        kill();
        try {
            while (rows.next()) {
                // the rows that the server had sent already
            }
        } catch (SQLException e) {
            // the kill arrived; or, without a server's code, the connection is lost: the next statement reports it
            if (e.getErrorCode() == 0) {
                rows.getStatement().getConnection().abort(Runnable::run);
            }
        }
    }

    private void kill() {
        try {
            var other = others.borrow();
            try (var statement = other.createStatement()) {
                statement.execute("kill query " + connectionId);
            } catch (SQLException e) {
                // without the kill, all remaining rows are read
            } finally {
                others.giveBack(other);
            }
        } catch (DatabaseException e) {
            // no other connection is available: all remaining rows are read
        }
    }
}
