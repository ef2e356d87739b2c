package dev.rowan.db.internal.jdbc;

import static dev.rowan.db.testing.MessageAssertions.assertMessageContains;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rowan.db.DatabaseServer;
import dev.rowan.db.testing.EmptyDatabaseExtension;
import dev.rowan.db.testing.SqlRunner;
import java.sql.SQLException;
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

    /** The driver's useLocalTransactionState would leave this rollback out: an error does not say what is open. */
    @Test
    void aRollbackUndoesWhatACallWroteBeforeItFailed(DataSource fresh) throws SQLException {
        SqlRunner.execute(
                fresh,
                "CREATE TABLE notes (id INT PRIMARY KEY)",
                "CREATE PROCEDURE fail() BEGIN INSERT INTO notes VALUES (1); SIGNAL SQLSTATE '45000'; END");
        try (var connection = fresh.getConnection();
                var statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            assertThrows(SQLException.class, () -> statement.execute("CALL fail()"));
            connection.rollback();
            connection.commit();
        }
        assertEquals(List.of("0"), SqlRunner.query(fresh, "SELECT COUNT(*) FROM notes"));
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
                        () -> ConnectFailure.connect(UnpooledDataSource.of(url, server.user(), server.password()))),
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
