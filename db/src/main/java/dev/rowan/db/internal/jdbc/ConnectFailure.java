package dev.rowan.db.internal.jdbc;

import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.sql.SQLException;

/** Says why a connection was not made. */
public final class ConnectFailure {

    private ConnectFailure() {}

    /** Returns the reason, in one line and without a full stop. */
    public static String reason(Throwable failure) {
        // the driver says the same of every connection that is not made; its cause knows why
        var root = failure;
        var message = failure.getMessage();
        while (root.getCause() != null) {
            root = root.getCause();
            if (root instanceof SQLException) {
                message = root.getMessage(); // a pool says more about itself
            }
        }
        return switch (root) {
            case UnknownHostException e -> "the host is unknown";
            case ConnectException e -> "nothing listens on this port, or a firewall refuses it";
            case SocketTimeoutException e -> "no answer in time";
            default -> String.valueOf(message).strip().replaceAll("\\s+", " ").replaceAll("\\.$", "");
        };
    }
}
