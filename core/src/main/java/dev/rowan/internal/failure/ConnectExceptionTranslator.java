package dev.rowan.internal.failure;

import dev.rowan.error.DatabaseException;
import dev.rowan.error.OtherFailure;
import dev.rowan.error.TransientFailure;
import dev.rowan.error.TransientFailure.Kind;
import java.net.UnknownHostException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Turns what comes in place of a connection into a type of {@link dev.rowan.error}. */
public final class ConnectExceptionTranslator {

    private ConnectExceptionTranslator() {}

    /** Returns the typed error of a connection that was not to be had. */
    public static DatabaseException typed(SQLException e, String target) {
        if (e instanceof SQLTransientConnectionException && e.getCause() == null) {
            return exhausted(target, inParentheses(String.valueOf(e.getMessage())));
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
                    "The server at " + target + " does not give the TLS that the URL asks for. Check sslMode, and the"
                            + " certificates that it is to trust.",
                    bare);
        }
        if (text.startsWith("Public Key Retrieval is not allowed")) {
            return new OtherFailure(
                    "The driver does not send the password to " + target + " in the open. Set sslMode=REQUIRED, or"
                            + " allowPublicKeyRetrieval=true where nobody can stand between.",
                    SqlExceptionTranslator.withoutText(cause));
        }
        if (within(cause, UnknownHostException.class) != null) {
            return new TransientFailure(
                    "The host of " + target + " has no address. Check its name, and that this machine resolves it.",
                    Kind.UNREACHABLE,
                    SqlExceptionTranslator.withoutText(cause));
        }
        if (!SqlExceptionTranslator.isConnectionLost(cause) || "08001".equals(cause.getSQLState())) {
            return new OtherFailure(
                    "The driver cannot use the URL " + target + ". Check its host, port and properties.",
                    SqlExceptionTranslator.withoutText(cause));
        }
        return new TransientFailure(
                "No database answers at " + target + ". Check the address, and that the server runs.",
                Kind.UNREACHABLE,
                SqlExceptionTranslator.withoutText(cause));
    }

    /** The server answered, and says why: user, password, database, or too many connections. */
    private static DatabaseException byServer(SQLException e, String target, String text) {
        return switch (SqlExceptionTranslator.typed(e, StatementKind.CONNECT, null)) {
            case TransientFailure passing -> passing;
            default ->
                new OtherFailure(
                        "Cannot log in to " + target + ": " + new ServerMessage(text).sentence()
                                + (MysqlError.DATABASE_ACCESS_DENIED.is(e)
                                        ? " Have privileges on it granted to the user, or check the database's name."
                                        : " Check user, password and database."),
                        SqlExceptionTranslator.withoutText(e));
        };
    }

    /** Returns the error of a pool whose connections were all in use for as long as a caller waits. */
    public static TransientFailure exhausted(String target, String counts) {
        return new TransientFailure(
                "All connections to " + target + " are in use (" + counts
                        + "). Within a transaction, bind each repository by in(session), or it needs a second connection;"
                        + " else hold them for shorter, or make the pool larger.",
                Kind.POOL_EXHAUSTED,
                null);
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
