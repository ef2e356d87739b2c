package dev.rowan.db;

import dev.rowan.db.internal.embedded.ClassPathArtifacts;
import dev.rowan.db.internal.jdbc.MysqlUrl;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Which database server to start or to use. Immutable; {@link #toString()} shows no password.
 *
 * @param server {@code auto} (the {@link ProjectEnvironment} of the working directory if it is started, else Docker if
 *     it is running, else embedded), {@code docker}, {@code embedded}, or a URL that begins with {@code
 *     jdbc:mysql://}; the default is {@code auto}
 * @param image the container's image; the default is {@code mysql:9.7}
 * @param user the user for a given URL; empty, the default, takes the one in the URL. Servers that are started for this
 *     process have a user and a password of their own.
 * @param password the password for a given URL; null, the default, takes the one in the URL
 * @param binaries fetches the embedded server's binaries; the default finds them on the class path
 */
public record ServerOptions(
        String server, String image, String user, @Nullable String password, BinarySource binaries) {

    /**
     * Checks the choice of server.
     *
     * @throws IllegalArgumentException if {@code server} is none of the four
     */
    public ServerOptions {
        if (!server.equals("auto")
                && !server.equals("docker")
                && !server.equals("embedded")
                && !server.startsWith(MysqlUrl.SCHEME)) {
            throw new IllegalArgumentException("Unknown server '" + shown(server)
                    + "'. Choose auto, docker, embedded, or a URL that begins with " + MysqlUrl.SCHEME + ".");
        }
    }

    /** Returns the defaults: the environment of the project if it is started, else Docker if it runs, else embedded. */
    public static ServerOptions auto() {
        return of("auto");
    }

    /**
     * Returns the defaults with this server.
     *
     * @throws IllegalArgumentException if it is none of {@code auto}, {@code docker}, {@code embedded} and a MySQL URL
     */
    public static ServerOptions of(String server) {
        return new ServerOptions(server, "mysql:9.7", "", null, ClassPathArtifacts::find);
    }

    /**
     * Returns the options that are set as system properties {@code rowan.server}, {@code rowan.image},
     * {@code rowan.user} and {@code rowan.password}, else as environment variables {@code ROWAN_SERVER},
     * {@code ROWAN_IMAGE}, {@code ROWAN_USER} and {@code ROWAN_PASSWORD}, else the defaults. A blank setting is
     * ignored.
     *
     * @throws IllegalArgumentException if the server is none of {@code auto}, {@code docker}, {@code embedded} and a
     *     MySQL URL
     */
    public static ServerOptions fromSystem() {
        return from(System.getProperties(), System.getenv());
    }

    static ServerOptions from(Properties properties, Map<String, String> environment) {
        UnaryOperator<String> setting = name -> {
            var property = properties.getProperty("rowan." + name, "");
            var variable = environment.getOrDefault("ROWAN_" + name.toUpperCase(Locale.ROOT), "");
            return property.isBlank() ? variable.strip() : property.strip();
        };
        var options = of(nonEmptyOr(setting.apply("server"), "auto"));
        var password = setting.apply("password");
        return options.withImage(nonEmptyOr(setting.apply("image"), options.image))
                .withUser(setting.apply("user"))
                .withPassword(password.isEmpty() ? null : password);
    }

    /** Returns these options with another server. */
    public ServerOptions withServer(String server) {
        return new ServerOptions(server, image, user, password, binaries);
    }

    /** Returns these options with another image. */
    public ServerOptions withImage(String image) {
        return new ServerOptions(server, image, user, password, binaries);
    }

    /** Returns these options with another user. */
    public ServerOptions withUser(String user) {
        return new ServerOptions(server, image, user, password, binaries);
    }

    /** Returns these options with another password. */
    public ServerOptions withPassword(@Nullable String password) {
        return new ServerOptions(server, image, user, password, binaries);
    }

    /** Returns these options with another source of the embedded server's binaries. */
    public ServerOptions withBinaries(BinarySource binaries) {
        return new ServerOptions(server, image, user, password, binaries);
    }

    @Override
    public String toString() {
        return "ServerOptions[server=" + shown(server) + ", image=" + image + ", user=" + user + "]";
    }

    /** Returns the server without what may be secret: a URL with its hosts and database only. */
    private static String shown(String server) {
        var colon = server.indexOf(':');
        if (server.startsWith(MysqlUrl.SCHEME)) {
            try {
                return MysqlUrl.SCHEME + MysqlUrl.parse(server);
            } catch (IllegalArgumentException e) {
                return MysqlUrl.SCHEME + "…";
            }
        }
        return colon < 0 ? server : server.substring(0, colon) + ":…";
    }

    private static String nonEmptyOr(String value, String fallback) {
        return value.isEmpty() ? fallback : value;
    }
}
