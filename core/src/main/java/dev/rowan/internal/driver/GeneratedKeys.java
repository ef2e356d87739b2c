package dev.rowan.internal.driver;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/**
 * The keys that the server made for the rows just inserted.
 *
 * <p>The driver has it at hand after each insert; the ResultSet of keys, the standard way to it, would double what an
 * insert allocates. Connector/J is no named module, which a module must not require: hence the handle.
 */
public final class GeneratedKeys {

    private static final Class<?> STATEMENT;
    private static final MethodHandle LAST_INSERT_ID;

    static {
        try {
            STATEMENT = Class.forName("com.mysql.cj.jdbc.StatementImpl");
            LAST_INSERT_ID = MethodHandles.publicLookup()
                    .findVirtual(STATEMENT, "getLastInsertID", MethodType.methodType(long.class))
                    .asType(MethodType.methodType(long.class, Object.class));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(
                    "Rowan needs MySQL Connector/J 9, com.mysql:mysql-connector-j, on the class path.", e);
        }
    }

    private GeneratedKeys() {}

    /** Says whether the key can be had from such a statement, through whatever it is wrapped in. */
    public static boolean isIn(PreparedStatement statement) throws SQLException {
        return statement.isWrapperFor(STATEMENT);
    }

    /** Returns the key, of many rows the first, or 0 if the server made none. */
    public static long of(PreparedStatement executed) throws SQLException {
        try {
            return (long) LAST_INSERT_ID.invokeExact((Object) executed.unwrap(STATEMENT));
        } catch (SQLException | RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("The driver does not tell the key that the server made.", e);
        }
    }
}
