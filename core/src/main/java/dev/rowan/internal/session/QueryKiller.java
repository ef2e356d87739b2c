package dev.rowan.internal.session;

import dev.rowan.internal.connection.ConnectionSource;
import dev.rowan.internal.statement.RowStream;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * Ends a query in a transaction whose rows were not all read, so that its connection can run the next statement.
 *
 * <p>It stops the query on the server and waits for the answer before it reads the remaining rows. So the kill cannot
 * hit the session's next statement, which is sent later; the server ignores a kill that arrives after the last row.
 */
public record QueryKiller(ConnectionSource connections, Connection connection) implements RowStream.Ending {

    @Override
    public void end(ResultSet rows) throws SQLException {
        connections.stopStatement(connection);
        try {
            while (rows.next()) {
                // the rows that the server had sent already
            }
        } catch (SQLException e) {
            // the kill arrived; or, without a server's code, the connection is lost: the next statement reports it
            if (e.getErrorCode() == 0) {
                connection.abort(Runnable::run);
            }
        }
    }
}
