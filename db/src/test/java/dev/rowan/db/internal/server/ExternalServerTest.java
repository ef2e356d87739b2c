package dev.rowan.db.internal.server;

import static dev.rowan.db.testing.MessageAssertions.assertMessageContains;
import static dev.rowan.db.testing.MessageAssertions.messageOf;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.mysql.cj.jdbc.MysqlDataSource;
import dev.rowan.db.DatabaseServer;
import dev.rowan.db.ServerException;
import dev.rowan.db.ServerOptions;
import dev.rowan.db.internal.jdbc.MysqlUrl;
import dev.rowan.db.internal.jdbc.UnpooledDataSource;
import dev.rowan.db.testing.EmptyDatabaseExtension;
import dev.rowan.db.testing.SqlRunner;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(EmptyDatabaseExtension.class)
class ExternalServerTest {

    private ServerOptions options;
    private String name;

    @BeforeEach
    void useDatabase(DataSource fresh, DatabaseServer server) {
        var url = MysqlUrl.parse(((MysqlDataSource) fresh).getUrl());
        options =
                ServerOptions.of(MysqlUrl.SCHEME + url).withUser(server.user()).withPassword(server.password());
        name = url.toString();
    }

    @Test
    void closeLeavesTheServerRunning() throws SQLException {
        DataSource dataSource;
        try (var server = DatabaseServer.start(options)) {
            dataSource = server.dataSource();
            assertFalse(server.disposable());
            assertTrue(
                    server.description().matches("(MySQL|MariaDB) [0-9.]+ at " + name.replace(".", "\\.")),
                    server::description);
        }
        assertEquals(List.of("1"), SqlRunner.query(dataSource, "SELECT 1"));
    }

    @Test
    void theUrlMayContainCredentials() {
        var url = options.server() + "?user=" + options.user() + "&password=" + options.password();

        try (var server = DatabaseServer.start(ServerOptions.of(url))) {
            assertEquals(options.server(), server.url());
            assertEquals(options.password(), server.password());
        }
    }

    @Test
    void theErrorForAWrongPasswordDoesNotContainIt() {
        var failure = assertThrows(ServerException.class, () -> DatabaseServer.start(options.withPassword("wr0ng")));

        assertMessageContains(failure, name, "as user '" + options.user() + "'", "rowan.password");
        assertFalse(messageOf(failure).contains("wr0ng"));
    }

    @Test
    void aUrlWithoutADatabaseIsRefused() {
        var nameless = options.server().replaceFirst("/[^/]*$", "/");

        assertMessageContains(
                assertThrows(ServerException.class, () -> DatabaseServer.start(options.withServer(nameless))),
                "names no database");
    }

    @Test
    void aDatabaseHasTheCharacterSetOfTheOneNextToIt() throws SQLException {
        var another = name.replaceFirst(".*/", "") + "_another";
        try (var server = DatabaseServer.start(options)) {
            SqlRunner.execute(server.dataSource(), "ALTER DATABASE CHARACTER SET latin1 COLLATE latin1_german2_ci");
            var created = UnpooledDataSource.of(server.createDatabase(another), server.user(), server.password());
            assertEquals(List.of("latin1_german2_ci"), SqlRunner.query(created, "SELECT @@collation_database"));
            SqlRunner.execute(created, "DROP DATABASE " + another);
        }
    }

    @Test
    void aMissingPrivilegeToCreateDatabasesIsNamed() throws SQLException {
        var database = name.replaceFirst(".*/", "");
        var user = "u" + database.substring(0, 12);
        try (var server = DatabaseServer.start(options)) {
            SqlRunner.execute(
                    server.dataSource(),
                    "CREATE USER " + user + " IDENTIFIED BY 'limited'",
                    "GRANT SELECT ON " + database + ".* TO " + user);
        }
        try (var server = DatabaseServer.start(options.withUser(user).withPassword("limited"))) {
            assertMessageContains(
                    assertThrows(ServerException.class, () -> server.createDatabase("another")), "CREATE", user);
        }
    }
}
