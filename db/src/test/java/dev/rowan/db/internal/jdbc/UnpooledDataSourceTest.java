package dev.rowan.db.internal.jdbc;

import static dev.rowan.db.testing.MessageAssertions.assertMessageContains;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rowan.db.DatabaseServer;
import dev.rowan.db.testing.EmptyDatabaseExtension;
import dev.rowan.db.testing.SqlRunner;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(EmptyDatabaseExtension.class)
class UnpooledDataSourceTest {

    /** What a server may have by default. */
    private static final String WRONG = "sql_mode='ANSI_QUOTES,NO_BACKSLASH_ESCAPES',autocommit=0,completion_type=1,"
            + "sql_select_limit=1,sql_big_selects=0,sql_safe_updates=1,sql_auto_is_null=1,foreign_key_checks=0,"
            + "unique_checks=0,group_concat_max_len=1024";

    @Test
    void aSessionHasTheSettingsOfAServicesWhateverTheDefaultsAre(DataSource fresh, DatabaseServer server)
            throws SQLException {
        var url = ((UnpooledDataSource) fresh).getUrl().replaceFirst("\\?.*", "");
        var wrong = UnpooledDataSource.of(
                url + "?sessionVariables=" + WRONG + "&connectionTimeZone=%2B05:00", server.user(), server.password());
        try (var connection = wrong.getConnection()) {
            var isMariaDb = ServerProduct.of(connection).isMariaDb();
            for (var setting : SessionSetting.values()) {
                if (setting.isOn(isMariaDb)) {
                    var value = SqlRunner.query(wrong, "SELECT @@session." + setting.variable())
                            .getFirst();
                    assertTrue(setting.accepts(value), () -> setting + " is " + value);
                }
            }
            assertEquals(List.of("0"), SqlRunner.query(wrong, "SELECT TIMESTAMPDIFF(SECOND, UTC_TIMESTAMP(), NOW())"));
            assertEquals("`", connection.getMetaData().getIdentifierQuoteString());
        }
    }

    /** A migration commits after each statement, though DDL commits itself. */
    @Test
    void aCommitIsSentIfATransactionIsOpen(DataSource fresh) throws SQLException {
        try (var connection = fresh.getConnection();
                var statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("CREATE TABLE notes (id INT PRIMARY KEY)");
            var before = commits(statement);
            connection.commit();
            assertEquals(before, commits(statement));

            statement.execute("INSERT INTO notes VALUES (1)");
            connection.commit();
            assertEquals(before + 1, commits(statement));

            statement.execute("SET autocommit = 1");
            statement.execute("INSERT INTO notes VALUES (2)");
            connection.setAutoCommit(false); // the driver still takes it for off
            statement.execute("INSERT INTO notes VALUES (3)");
            connection.rollback();
        }
        assertEquals(List.of("1", "2"), SqlRunner.query(fresh, "SELECT id FROM notes ORDER BY id"));
    }

    private static int commits(Statement statement) throws SQLException {
        try (var row = statement.executeQuery("SHOW SESSION STATUS LIKE 'Com_commit'")) {
            row.next();
            return row.getInt(2);
        }
    }

    /** The address 0.0.0.0 leads to this machine, but does not say so. */
    @Test
    void aServerThatDoesNotProveItsIdentityIsRefusedUnlessTheUrlSaysOtherwise(DataSource fresh, DatabaseServer server)
            throws SQLException {
        var url = ((UnpooledDataSource) fresh)
                .getUrl()
                .replaceFirst("//[^:/]+", "//0.0.0.0")
                .replaceFirst("\\?.*", "");

        assertMessageContains(
                assertThrows(
                        SQLException.class,
                        () -> UnpooledDataSource.of(url, server.user(), server.password())
                                .getConnection()),
                "trustCertificateKeyStoreUrl",
                "sslMode=REQUIRED",
                "sslMode=DISABLED");
        var plain = url + "?sslMode=DISABLED&allowPublicKeyRetrieval=true";
        try (var connection =
                UnpooledDataSource.of(plain, server.user(), server.password()).getConnection()) {
            assertTrue(connection.isValid(1));
        }
    }
}
