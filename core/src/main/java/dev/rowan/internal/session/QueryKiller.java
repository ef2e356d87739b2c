package dev.rowan.internal.session;

import dev.rowan.error.DatabaseException;
import dev.rowan.internal.codec.BindValues;
import dev.rowan.internal.connection.ConnectionSource;
import dev.rowan.internal.statement.RowStream;
import dev.rowan.internal.statement.SqlCommand;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * Ends a query of a session whose rows were not all read, and leaves its connection good for the next statement.
 *
 * <p>KILL QUERY goes by another connection. It has answered before what is left is read, and so before the session's next
 * statement is sent, which it therefore cannot hit: a kill that comes after the last row is forgotten.
 */
record QueryKiller(long connectionId, ConnectionSource others) implements RowStream.Ending {

    /** Asks the session for its connection's number. */
    static final SqlCommand<Long> CONNECTION_ID =
            SqlCommand.query(null, "select connection_id()", new BindValues(), rows -> {
                rows.next();
                return rows.getLong(1);
            });

    @Override
    public void end(ResultSet rows) throws SQLException {
        kill();
        try {
            while (rows.next()) {
                // what was on the way
            }
        } catch (SQLException e) {
            // the kill arrived; or the connection is gone, and the next statement is to say so
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
                // the rows are read to their end
            } finally {
                others.giveBack(other);
            }
        } catch (DatabaseException e) {
            // no connection to be had: likewise
        }
    }
}
