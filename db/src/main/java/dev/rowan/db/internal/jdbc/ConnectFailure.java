package dev.rowan.db.internal.jdbc;

import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.sql.Connection;
import java.sql.SQLException;
import javax.net.ssl.SSLException;
import javax.sql.DataSource;

/** There is no connection to a MySQL or MariaDB database. The message is for users: the reason, and the fix. */
public final class ConnectFailure extends SQLException {

    private static final long serialVersionUID = 1;
    private static final String NO_TLS =
            "The server does not offer TLS, or does not prove its identity. " + MysqlUrl.TLS_HINT;

    private ConnectFailure(String message, Throwable cause) {
        super(message, cause);
    }

    private ConnectFailure(String message) {
        super(message);
    }

    /** Connects to a database. @throws ConnectFailure if there is no connection, or to a database of another kind */
    public static Connection connect(DataSource database) throws SQLException {
        Connection connection;
        try {
            connection = database.getConnection();
        } catch (SQLException | RuntimeException e) { // a pool that cannot start throws a RuntimeException
            throw new ConnectFailure(
                    "No connection to the database: " + reason(e)
                            + ". Check the URL, the user, the password and the server.",
                    e);
        }
        var product = connection.getMetaData().getDatabaseProductName();
        if (!product.equals("MySQL") && !product.equals("MariaDB")) {
            connection.close();
            throw new ConnectFailure("The URL leads to " + product + ", and not to MySQL or MariaDB. Check the URL.");
        }
        return connection;
    }

    /** Returns why a connection was not made, in one line and without a full stop at the end. */
    public static String reason(Throwable failure) {
        // the driver says the same of every connection that is not made; its cause knows why
        var root = failure;
        var message = failure.getMessage();
        var isAboutTls = isAboutTls(failure);
        while (root.getCause() != null) {
            root = root.getCause();
            isAboutTls |= isAboutTls(root);
            if (root instanceof SQLException) {
                message = root.getMessage(); // a pool says more about itself
            }
        }
        var reason = isAboutTls
                ? NO_TLS
                : switch (root) {
                    case UnknownHostException e -> "the host is unknown";
                    case ConnectException e -> "nothing listens on this port, or a firewall refuses it";
                    case SocketTimeoutException e -> "no answer in time";
                    default -> String.valueOf(message);
                };
        return reason.strip().replaceAll("\\s+", " ").replaceAll("\\.$", "");
    }

    private static boolean isAboutTls(Throwable failure) {
        return failure instanceof SSLException
                || String.valueOf(failure.getMessage()).startsWith("SSL Connection required");
    }
}
