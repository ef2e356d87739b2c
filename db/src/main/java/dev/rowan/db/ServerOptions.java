package dev.rowan.db;

import org.jspecify.annotations.Nullable;

/**
 * Which database server to start or to use. Immutable; {@link #toString()} shows no password.
 *
 * @param server {@code auto} (Docker if an engine answers, else embedded), {@code docker}, {@code embedded}, or a URL
 *     that begins with {@code jdbc:mysql://}; the default is {@code auto}
 * @param image the container's image; the default is {@code mysql:9.7}
 * @param user who signs in at a given URL; the default, an empty string, leaves that to the URL
 * @param password the password at a given URL; the default, null, leaves that to the URL
 * @param binaries where the embedded server's binaries come from; the default looks on the class path
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
                && !server.startsWith("jdbc:mysql://")) {
            throw new IllegalArgumentException(
                    "No such server. Choose auto, docker, embedded, or a URL that begins with jdbc:mysql://.");
        }
    }

    /** Returns the defaults: Docker if an engine answers, else embedded. */
    public static ServerOptions auto() {
        return of("auto");
    }

    /**
     * Returns the defaults with this server.
     *
     * @throws IllegalArgumentException if it is none of {@code auto}, {@code docker}, {@code embedded} and a MySQL URL
     */
    public static ServerOptions of(String server) {
        return new ServerOptions(server, "mysql:9.7", "", null, coordinates -> {
            throw new UnsupportedOperationException(coordinates);
        });
    }

    /**
     * Returns what the system properties {@code rowan.server}, {@code rowan.image}, {@code rowan.user} and {@code
     * rowan.password} say, else the environment's {@code ROWAN_SERVER}, {@code ROWAN_IMAGE}, {@code ROWAN_USER} and
     * {@code ROWAN_PASSWORD}, else the defaults.
     *
     * @throws IllegalArgumentException if the server is none of {@code auto}, {@code docker}, {@code embedded} and a
     *     MySQL URL
     */
    public static ServerOptions fromSystem() {
        return auto();
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
}
