package dev.rowan.internal.driver;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodType;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/**
 * The keys that the server generated for the rows of an insert.
 *
 * <p>The driver has the first key in memory after each insert. JDBC's own ResultSet of keys would double what an insert
 * allocates: hence the method handle.
 */
public final class GeneratedKeys {

    /** The class of Connector/J's statements. */
    static final Class<?> STATEMENT = ConnectorJ.type("com.mysql.cj.jdbc.StatementImpl");

    private static final MethodHandle LAST_INSERT_ID = ConnectorJ.handle(
                    STATEMENT, "getLastInsertID", MethodType.methodType(long.class))
            .asType(MethodType.methodType(long.class, Object.class));

    private GeneratedKeys() {}

    /** Returns whether the statement unwraps to one of Connector/J, which knows its keys. */
    public static boolean isIn(PreparedStatement statement) throws SQLException {
        return statement.isWrapperFor(STATEMENT);
    }

    /** Returns the key that the server generated, of several rows the first, or 0 if it generated none. */
    public static long of(PreparedStatement executed) throws SQLException {
        try {
            return (long) LAST_INSERT_ID.invokeExact((Object) executed.unwrap(STATEMENT));
        } catch (SQLException | RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("The driver does not return the key that the server generated.", e);
        }
    }
}
