package dev.rowan.db;

import static dev.rowan.db.Messages.assertContains;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.mysql.cj.jdbc.MysqlDataSource;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(FreshDatabase.class)
class GivenServerTest {

    private ServerOptions options;
    private String name;

    @BeforeEach
    void point(DataSource fresh, DatabaseServer server) {
        var url = MysqlUrl.parse(((MysqlDataSource) fresh).getUrl());
        options = ServerOptions.of(url.url()).withUser(server.user()).withPassword(server.password());
        name = url.toString();
    }

    @Test
    void isUsedAsItIsAndLeftAlone() throws SQLException {
        DataSource dataSource;
        try (var server = DatabaseServer.start(options)) {
            dataSource = server.dataSource();
            assertFalse(server.disposable());
            assertTrue(
                    server.description().matches("(MySQL|MariaDB) [0-9.]+ at " + name.replace(".", "\\.")),
                    server::description);
        }
        assertEquals(List.of("1"), Sql.query(dataSource, "SELECT 1"));
    }

    @Test
    void credentialsMayStandInTheUrl() {
        var url = options.server() + "?user=" + options.user() + "&password=" + options.password();

        try (var server = DatabaseServer.start(ServerOptions.of(url))) {
            assertEquals(options.server(), server.url());
            assertEquals(options.password(), server.password());
        }
    }

    @Test
    void aWrongPasswordIsReportedWithoutIt() {
        var failure = assertThrows(ServerException.class, () -> DatabaseServer.start(options.withPassword("wr0ng")));

        assertContains(failure, name, "as user '" + options.user() + "'", "rowan.password");
        assertFalse(Messages.of(failure).contains("wr0ng"));
    }

    @Test
    void aUrlWithoutADatabaseIsRefused() {
        var nameless = options.server().replaceFirst("/[^/]*$", "/");

        assertContains(
                assertThrows(ServerException.class, () -> DatabaseServer.start(options.withServer(nameless))),
                "names no database");
    }

    @Test
    void whoMayNotCreateDatabasesIsToldWhichPrivilegeIsMissing() throws SQLException {
        var database = name.replaceFirst(".*/", "");
        var user = "u" + database.substring(0, 12);
        try (var server = DatabaseServer.start(options)) {
            Sql.execute(
                    server.dataSource(),
                    "CREATE USER " + user + " IDENTIFIED BY 'limited'",
                    "GRANT SELECT ON " + database + ".* TO " + user);
        }
        try (var server = DatabaseServer.start(options.withUser(user).withPassword("limited"))) {
            assertContains(assertThrows(ServerException.class, () -> server.createDatabase("another")), "CREATE", user);
        }
    }
}
