package dev.rowan.db.internal.server;

/**
 * A server that accepts connections. Its string form shows no password.
 *
 * @param url the JDBC URL of the database to work in, without credentials
 * @param description product, version and kind, for people
 * @param stop stops a disposable server and deletes its files; has no effect on another server, or the second time
 */
public record RunningServer(String url, String user, String password, String description, Kind kind, Runnable stop) {

    /** Whose server it is. */
    public enum Kind {
        /** It was started for this process and ends with it. */
        DISPOSABLE,
        /** It is the environment of a project. */
        ENVIRONMENT,
        /** It was given by its URL. */
        EXTERNAL
    }

    @Override
    public String toString() {
        return kind == Kind.DISPOSABLE ? description + " at " + url : description;
    }
}
