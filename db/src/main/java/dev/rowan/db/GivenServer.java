package dev.rowan.db;

import java.sql.SQLException;

/** A server that somebody else runs, given by its URL. */
record GivenServer(String url, String user, String password, String description) implements DatabaseServer {

    /** Connects once, so that a wrong URL or password is reported here and by name. */
    static GivenServer connect(ServerOptions options) {
        var given = MysqlUrl.parse(options.server());
        var user = options.user().isEmpty() ? given.user() : options.user();
        var password = options.password() == null ? given.password() : options.password();
        if (given.database().isEmpty()) {
            throw new ServerException(
                    "The URL of the server at " + given.hosts() + " names no database. Add one: " + MysqlUrl.SCHEME
                            + given.hosts() + "/shop",
                    null);
        }
        var server = new GivenServer(given.url(), user, password, "MySQL at " + given);
        try (var connection = server.dataSource().getConnection()) {
            return new GivenServer(given.url(), user, password, Product.of(connection) + " at " + given);
        } catch (SQLException e) {
            throw new ServerException(
                    "No connection to the server at " + given + " as user '" + user + "': " + e.getMessage()
                            + ". Is it up, does the database exist, and are rowan.user and rowan.password right?",
                    e);
        }
    }

    @Override
    public boolean disposable() {
        return false;
    }

    @Override
    public void close() {
        // not ours to end
    }

    @Override
    public String toString() {
        return description;
    }
}
