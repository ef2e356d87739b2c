package dev.rowan.internal.driver;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.InvocationTargetException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Objects;
import java.util.Optional;
import java.util.TimeZone;
import org.jspecify.annotations.Nullable;

/**
 * The Connector/J connection behind a JDBC connection, whatever pool wraps it. Connector/J is not a named module, so
 * that a module must not require it: its classes are found by name.
 */
public final class ConnectorJ {

    /** Not by its class, which cannot be loaded before this module reads that of the driver. */
    private static final String SOCKET_FACTORY = "dev.rowan.internal.driver.TimeoutSocketFactory";

    private static final String CONNECTION = "com.mysql.cj.jdbc.JdbcConnection";

    private final Object connection;

    private ConnectorJ(Object connection) {
        this.connection = connection;
    }

    /** Returns Connector/J's connection behind another one, or null if there is none. */
    public static @Nullable ConnectorJ behind(Connection connection) throws SQLException {
        try {
            var type = Class.forName(CONNECTION);
            return connection.isWrapperFor(type) ? new ConnectorJ(connection.unwrap(type)) : null;
        } catch (ClassNotFoundException e) {
            return null;
        }
    }

    /**
     * Returns the class name of Rowan's socket factory for the driver; empty if the driver's class loader does not find
     * it. Opens the package of the factory to the driver's module.
     */
    public static Optional<String> socketFactory() {
        try {
            var driver = Class.forName("com.mysql.cj.protocol.SocketFactory");
            ConnectorJ.class
                    .getModule()
                    .addReads(driver.getModule())
                    .addExports("dev.rowan.internal.driver", driver.getModule());
            return Optional.of(
                    Class.forName(SOCKET_FACTORY, true, driver.getClassLoader()).getName());
        } catch (ClassNotFoundException e) {
            return Optional.empty();
        }
    }

    /** Returns whether a property of the URL is true, set or by default. */
    public boolean isOn(String property) {
        return (boolean) call("com.mysql.cj.conf.RuntimeProperty", property(property), "getValue");
    }

    /** Sets a property that can be changed while the connection is open. */
    void set(String property, boolean value) {
        invoke(
                "com.mysql.cj.conf.RuntimeProperty",
                property(property),
                "setValue",
                new Class<?>[] {Object.class},
                value);
    }

    private Object property(String name) {
        var properties = call("com.mysql.cj.MysqlConnection", connection, "getPropertySet");
        return Objects.requireNonNull(invoke(
                "com.mysql.cj.conf.PropertySet",
                properties,
                "getBooleanProperty",
                new Class<?>[] {String.class},
                name));
    }

    /** Returns whether TLS is left to the server, which is the driver's default: then nothing is verified. */
    public boolean leavesTlsToServer() {
        var properties = call("com.mysql.cj.MysqlConnection", connection, "getPropertySet");
        var mode = invoke(
                "com.mysql.cj.conf.PropertySet",
                properties,
                "getEnumProperty",
                new Class<?>[] {String.class},
                "sslMode");
        return call("com.mysql.cj.conf.RuntimeProperty", Objects.requireNonNull(mode), "getValue")
                .toString()
                .equals("PREFERRED");
    }

    /** Returns the host that the driver connected to, as it was given. */
    public String host() {
        return (String) call("com.mysql.cj.jdbc.JdbcConnection", connection, "getHost");
    }

    /** Returns the port that the driver connected to. */
    public int port() {
        var address = (String) call("com.mysql.cj.jdbc.JdbcConnection", connection, "getHostPortPair");
        return Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
    }

    /** Returns the time zone that the driver converts times to and from. */
    public TimeZone timeZone() {
        return (TimeZone) serverSession("getSessionTimeZone");
    }

    /** Returns the driver's connection itself. */
    public Connection connection() {
        return (Connection) connection;
    }

    /** Returns the server's number of the connection. */
    public long id() {
        return (long) call("com.mysql.cj.MysqlConnection", connection, "getId");
    }

    /** Returns whether a transaction is open on the server, as its answer to the last statement said. */
    public boolean isInTransaction() {
        return (boolean) serverSession("inTransactionOnServer");
    }

    /** Returns whether the driver sends fractions of seconds to this server: it goes by the version in its greeting. */
    public boolean sendsFractions() {
        return (boolean) call(
                "com.mysql.cj.protocol.ServerCapabilities", serverSession("getCapabilities"), "serverSupportsFracSecs");
    }

    /** Returns the driver's object in which the connection builds each message to the server. */
    Object sendPacket() {
        var session = call("com.mysql.cj.MysqlConnection", connection, "getSession");
        return call("com.mysql.cj.NativeSession", session, "getSharedSendPacket");
    }

    private Object serverSession(String method) {
        var session = call("com.mysql.cj.MysqlConnection", connection, "getSession");
        var server = call("com.mysql.cj.Session", session, "getServerSession");
        return call("com.mysql.cj.protocol.ServerSession", server, method);
    }

    /** Returns a class of the driver. @throws IllegalStateException if it is not on the class path */
    static Class<?> type(String name) {
        try {
            return Class.forName(name);
        } catch (ClassNotFoundException e) {
            throw missing(e);
        }
    }

    /** Returns a public method of a class of the driver. @throws IllegalStateException if there is none */
    static MethodHandle handle(Class<?> type, String method, MethodType signature) {
        try {
            return MethodHandles.publicLookup().findVirtual(type, method, signature);
        } catch (ReflectiveOperationException e) {
            throw missing(e);
        }
    }

    /** Returns the error of a driver that is missing, or is of another version. */
    static IllegalStateException missing(ReflectiveOperationException e) {
        return new IllegalStateException(
                "Rowan needs MySQL Connector/J 9 or later, com.mysql:mysql-connector-j, on the class path.", e);
    }

    private static Object call(String type, Object target, String method) {
        return Objects.requireNonNull(invoke(type, target, method, new Class<?>[0]));
    }

    private static @Nullable Object invoke(
            String type, Object target, String method, Class<?>[] parameters, Object... arguments) {
        try {
            return type(type).getMethod(method, parameters).invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw new IllegalStateException("The driver does not give access to its settings.", e.getCause());
        } catch (ReflectiveOperationException e) {
            throw missing(e);
        }
    }
}
