package dev.rowan.internal.driver;

import java.lang.reflect.InvocationTargetException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.TimeZone;
import org.jspecify.annotations.Nullable;

/**
 * What Connector/J knows of one of its connections, whatever pool it is wrapped in. Connector/J is no named module, which
 * a module must not require: hence the calls by name.
 */
public final class ConnectorJ {

    private static final String CONNECTION = "com.mysql.cj.jdbc.JdbcConnection";

    private final Object connection;

    private ConnectorJ(Object connection) {
        this.connection = connection;
    }

    /** Returns the driver's side of the connection, or null if it is not Connector/J's. */
    public static @Nullable ConnectorJ behind(Connection connection) throws SQLException {
        try {
            var type = Class.forName(CONNECTION);
            return connection.isWrapperFor(type) ? new ConnectorJ(connection.unwrap(type)) : null;
        } catch (ClassNotFoundException e) {
            return null;
        }
    }

    /**
     * Returns the name of a class of ours by which the driver makes sockets; none where the URL names one, or where the
     * driver would not find ours. It finds what its own class loader sees, and what the modules of both let it see.
     */
    public static Optional<String> socketFactory(String url) {
        if (url.toLowerCase(Locale.ROOT).contains("socketfactory")) {
            return Optional.empty();
        }
        var ours = ReadTimeoutSocketFactory.class.getName();
        try {
            var driver = Class.forName("com.mysql.cj.protocol.SocketFactory");
            ConnectorJ.class
                    .getModule()
                    .addReads(driver.getModule())
                    .addExports("dev.rowan.internal.driver", driver.getModule());
            return Optional.of(
                    Class.forName(ours, true, driver.getClassLoader()).getName());
        } catch (ClassNotFoundException e) {
            return Optional.empty();
        }
    }

    /** Says whether a property of the URL is on, given or by default. */
    public boolean isOn(String property) {
        var properties = call("com.mysql.cj.MysqlConnection", connection, "getPropertySet");
        var found = call("com.mysql.cj.conf.PropertySet", properties, "getBooleanProperty", property);
        return (boolean) call("com.mysql.cj.conf.RuntimeProperty", found, "getValue");
    }

    /** Returns the zone to and from which it converts times. */
    public TimeZone timeZone() {
        var session = call("com.mysql.cj.MysqlConnection", connection, "getSession");
        var server = call("com.mysql.cj.Session", session, "getServerSession");
        return (TimeZone) call("com.mysql.cj.protocol.ServerSession", server, "getSessionTimeZone");
    }

    private static Object call(String type, Object target, String method, String... arguments) {
        try {
            var types = new Class<?>[arguments.length];
            Arrays.fill(types, String.class);
            return Class.forName(type).getMethod(method, types).invoke(target, (Object[]) arguments);
        } catch (InvocationTargetException e) {
            throw new IllegalStateException("The driver does not tell its settings.", e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(
                    "Rowan needs MySQL Connector/J 9, com.mysql:mysql-connector-j, on the class path.", e);
        }
    }
}
