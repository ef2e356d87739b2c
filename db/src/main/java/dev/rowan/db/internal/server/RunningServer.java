package dev.rowan.db.internal.server;

/**
 * A server that accepts connections. Its string form shows no password.
 *
 * @param url the JDBC URL of the database to work in, without credentials
 * @param description product, version and kind, for people
 * @param disposable whether the server was started for this process and ends with it
 * @param stop stops a disposable server and deletes its files; has no effect on another server, or the second time
 */
public record RunningServer(
        String url, String user, String password, String description, boolean disposable, Runnable stop) {

    @Override
    public String toString() {
        return disposable ? description + " at " + url : description;
    }
}
