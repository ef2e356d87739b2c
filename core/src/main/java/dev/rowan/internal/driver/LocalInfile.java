package dev.rowan.internal.driver;

import java.io.InputStream;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodType;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/** The data that a LOAD DATA LOCAL statement sends to the server in place of a file. JDBC has no method for it. */
public final class LocalInfile {

    private static final MethodHandle SET_STREAM = ConnectorJ.handle(
                    GeneratedKeys.STATEMENT,
                    "setLocalInfileInputStream",
                    MethodType.methodType(void.class, InputStream.class))
            .asType(MethodType.methodType(void.class, Object.class, InputStream.class));

    private LocalInfile() {}

    /** Sets the data that a statement sends when it is executed. */
    public static void set(PreparedStatement statement, InputStream data) throws SQLException {
        try {
            SET_STREAM.invokeExact((Object) statement.unwrap(GeneratedKeys.STATEMENT), data);
        } catch (SQLException | RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("The driver does not accept the rows to load.", e);
        }
    }
}
