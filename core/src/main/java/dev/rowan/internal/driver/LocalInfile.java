package dev.rowan.internal.driver;

import java.io.InputStream;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodType;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The data that a LOAD DATA LOCAL statement sends to the server in place of a file. JDBC has no method for it.
 *
 * <p>A server may answer any statement by asking for a file. With {@code allowLoadLocalInfile} the driver sends it,
 * whichever it is, unless data are set in its place. So that is on only while the data are.
 */
public final class LocalInfile implements AutoCloseable {

    private static final String ALLOWED = "allowLoadLocalInfile";

    private static final MethodHandle SET_STREAM = ConnectorJ.handle(
                    GeneratedKeys.STATEMENT,
                    "setLocalInfileInputStream",
                    MethodType.methodType(void.class, InputStream.class))
            .asType(MethodType.methodType(void.class, Object.class, InputStream.class));

    private final InputStream data;

    /** The connection that sends the data; null before the statement is prepared, and after the end. */
    private @Nullable ConnectorJ sending;

    /** Holds the data for one statement. */
    public LocalInfile(InputStream data) {
        this.data = data;
    }

    /**
     * Returns the properties of a connection for these statements. The driver tells the server that it sends files if
     * it may send those of a folder: this one does not exist.
     */
    public static Map<String, String> properties() {
        return Map.of(ALLOWED, "false", "allowLoadLocalInfileInPath", "no-folder-" + UUID.randomUUID());
    }

    /** Lets a statement send the data when it is executed. */
    public void sendBy(PreparedStatement statement) throws SQLException {
        var connection = ConnectorJ.behind(statement.getConnection());
        if (connection == null) {
            throw new IllegalStateException("The connection is not Connector/J's.");
        }
        try {
            SET_STREAM.invokeExact((Object) statement.unwrap(GeneratedKeys.STATEMENT), data);
        } catch (SQLException | RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("The driver does not accept the rows to load.", e);
        }
        sending = connection;
        connection.set(ALLOWED, true);
    }

    /** Ends the statement: the connection sends nothing more. Idempotent. */
    @Override
    public void close() {
        if (sending != null) {
            sending.set(ALLOWED, false);
            sending = null;
        }
    }
}
