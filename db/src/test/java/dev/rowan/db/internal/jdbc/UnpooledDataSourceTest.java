package dev.rowan.db.internal.jdbc;

import static dev.rowan.db.testing.MessageAssertions.assertMessageContains;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rowan.db.DatabaseServer;
import dev.rowan.db.testing.EmptyDatabaseExtension;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(EmptyDatabaseExtension.class)
class UnpooledDataSourceTest {

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
