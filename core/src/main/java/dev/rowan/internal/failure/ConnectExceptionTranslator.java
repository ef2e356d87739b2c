package dev.rowan.internal.failure;

import dev.rowan.error.DatabaseException;
import dev.rowan.error.OtherFailure;
import dev.rowan.error.TransientFailure;
import dev.rowan.error.TransientFailure.Kind;
import dev.rowan.internal.util.MysqlUrl;
import java.net.UnknownHostException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Translates the failure to get a connection into a type of {@link dev.rowan.error}. */
public final class ConnectExceptionTranslator {

    private ConnectExceptionTranslator() {}

    /**
     * Returns the typed error of a failure to get a connection.
     *
     * @param target the address for the message, without secrets
     */
    public static DatabaseException typed(SQLException e, String target) {
        if (e instanceof SQLTransientConnectionException && e.getCause() == null) {
            return exhausted(target, inParentheses(String.valueOf(e.getMessage())));
        }
        var interrupt = within(e, InterruptedException.class);
        if (interrupt != null) {
            return interrupted(interrupt);
        }
        var cause = e.getCause() instanceof SQLException inner ? inner : e;
        var text = String.valueOf(cause.getMessage());
        if (cause.getErrorCode() != 0) {
            return byServer(cause, target, text);
        }
        var tls = within(cause, SSLException.class);
        if (tls != null || text.startsWith("SSL Connection required")) {
            var bare = SqlExceptionTranslator.withoutText(cause);
            if (tls != null) {
                bare.initCause(tls);
            }
            return new OtherFailure(
                    "The server at " + target
                            + (tls == null ? " does not offer TLS. " : " does not prove its identity. ")
                            + MysqlUrl.TLS_HINT,
                    bare);
        }
        if (text.startsWith("Public Key Retrieval is not allowed")) {
            return new OtherFailure(
                    "The driver does not send the password to " + target + " over an unencrypted connection. Set"
                            + " sslMode=REQUIRED, or allowPublicKeyRetrieval=true in a network that you trust.",
                    SqlExceptionTranslator.withoutText(cause));
        }
        if (within(cause, UnknownHostException.class) != null) {
            return new TransientFailure(
                    "The host name in " + target + " cannot be resolved. Check the name, and the DNS of this machine.",
                    Kind.UNREACHABLE,
                    SqlExceptionTranslator.withoutText(cause));
        }
        if (!SqlExceptionTranslator.isConnectionLost(cause) || "08001".equals(cause.getSQLState())) {
            return new OtherFailure(
                    "The driver cannot use the URL " + target + ". Check its host, port and properties.",
                    SqlExceptionTranslator.withoutText(cause));
        }
        return new TransientFailure(
                "No server answers at " + target + ". Check the address, and that the server is running.",
                Kind.UNREACHABLE,
                SqlExceptionTranslator.withoutText(cause));
    }

    /** Translates an error of the server: user, password, database, or too many connections. */
    private static DatabaseException byServer(SQLException e, String target, String text) {
        return switch (SqlExceptionTranslator.typed(e, StatementKind.CONNECT, null)) {
            case TransientFailure failure -> failure;
            default ->
                new OtherFailure(
                        "Cannot log in to " + target + ": " + new ServerMessage(text).sentence()
                                + (MysqlError.DATABASE_ACCESS_DENIED.is(e)
                                        ? " Grant the user privileges on the database, or check its name."
                                        : " Check user, password and database."),
                        SqlExceptionTranslator.withoutText(e));
        };
    }

    /** Returns the error of a caller that waited for a pooled connection until the timeout. */
    public static TransientFailure exhausted(String target, String counts) {
        return new TransientFailure(
                "All connections to " + target + " are in use (" + counts
                        + "). In a transaction, bind each repository with in(session): unbound, it needs a second"
                        + " connection. Otherwise hold connections for less time, or enlarge the pool.",
                Kind.POOL_EXHAUSTED,
                null);
    }

    /** Returns the error of a caller that was interrupted while it waited for a connection. */
    public static TransientFailure interrupted(@Nullable InterruptedException e) {
        return new TransientFailure(
                "The thread was interrupted while it waited for a connection: no statement was run.",
                Kind.INTERRUPTED,
                e);
    }

    private static <X extends Exception> @Nullable X within(SQLException e, Class<X> type) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return type.cast(cause);
            }
        }
        return null;
    }

    private static String inParentheses(String text) {
        return text.substring(text.indexOf('(') + 1, Math.max(text.indexOf('(') + 1, text.lastIndexOf(')')));
    }
}
