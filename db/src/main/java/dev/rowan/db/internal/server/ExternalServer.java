package dev.rowan.db.internal.server;

import dev.rowan.db.internal.jdbc.ConnectFailure;
import dev.rowan.db.internal.jdbc.MysqlUrl;
import dev.rowan.db.internal.jdbc.ServerProduct;
import dev.rowan.db.internal.jdbc.UnpooledDataSource;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Connects to a server that runs without us, given by its URL. */
public final class ExternalServer {

    private ExternalServer() {}

    /**
     * Returns the server after one connection to it, so that a wrong URL or password is reported here.
     *
     * @param user the user; empty to take the one in the URL
     * @param password the password; null to take the one in the URL
     */
    public static RunningServer connect(String url, String user, @Nullable String password) throws ServerStartFailure {
        var parsed = MysqlUrl.parse(url);
        if (parsed.database().isEmpty()) {
            throw new ServerStartFailure(
                    "The URL of the server at " + parsed.hosts() + " names no database. Add one: " + MysqlUrl.SCHEME
                            + parsed.hosts() + "/shop",
                    null);
        }
        var login = user.isEmpty() ? parsed.user() : user;
        var secret = password == null ? parsed.password() : password;
        try (var connection = UnpooledDataSource.of(parsed.url(), login, secret).getConnection()) {
            var description = ServerProduct.of(connection) + " at " + parsed;
            return new RunningServer(parsed.url(), login, secret, description, RunningServer.Kind.EXTERNAL, () -> {});
        } catch (SQLException e) {
            throw new ServerStartFailure(
                    "No connection to the server at " + parsed + " as user '" + login + "': " + ConnectFailure.reason(e)
                            + ". Check that the server is running, that the database exists, and that -Drowan.user and"
                            + " -Drowan.password are correct.",
                    e);
        }
    }
}
