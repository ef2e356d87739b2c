package dev.rowan.internal.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.zaxxer.hikari.HikariConfig;
import dev.rowan.Database;
import dev.rowan.config.DatabaseOptions;
import dev.rowan.error.OtherFailure;
import dev.rowan.error.SchemaMismatch;
import dev.rowan.session.OverDataSourceTest;
import dev.rowan.shop.DefaultSchema;
import dev.rowan.shop.repositories.UsersRepository;
import dev.rowan.shop.tables.records.UsersRecord;
import dev.rowan.testing.LogOutput;
import dev.rowan.testing.ShopDatabase;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The address 0.0.0.0 leads to this machine, but does not say so. */
class TlsTest {

    @RegisterExtension
    static final ShopDatabase SHOP = new ShopDatabase();

    private final String url =
            SHOP.options().url().replaceFirst("//[^:/]+", "//0.0.0.0").replaceFirst("\\?.*", "");

    @Test
    void aServerThatDoesNotProveItsIdentityIsRefusedWithTheWaysOut() {
        var refused = assertThrows(OtherFailure.class, () -> Database.open(options(url)));

        var message = String.valueOf(refused.getMessage());
        assertTrue(message.startsWith("The server at " + url + " does not "), message);
        for (var way : List.of("trustCertificateKeyStoreUrl", "sslMode=REQUIRED", "sslMode=DISABLED")) {
            assertTrue(message.contains(way), message);
        }
    }

    @Test
    void anUnverifiedServerIsUsedIfTheUrlSaysSo() {
        try (var database = Database.open(options(url + "?sslMode=DISABLED&allowPublicKeyRetrieval=true"))) {
            database.check(DefaultSchema.DEFAULT_SCHEMA);
            var users = new UsersRepository(database);
            users.load(Stream.of(new UsersRecord().setName("Ann")));
            assertEquals(1, users.all().count());
        }
    }

    @Test
    void checkReportsAPoolOfTheUsersThatLeavesTlsToTheServer() {
        var difference = "Whoever is between this machine and the server can read the connections, and their password."
                + " Set sslMode=VERIFY_IDENTITY; or, in a network that you trust, sslMode=REQUIRED or"
                + " sslMode=DISABLED.";
        try (var pool = OverDataSourceTest.pool(options(url), OverDataSourceTest.SETTINGS, 1);
                var database = Database.over(pool)) {
            var mismatch = assertThrows(SchemaMismatch.class, () -> database.check(DefaultSchema.DEFAULT_SCHEMA));
            assertEquals(List.of(difference), mismatch.differences());
        }
        try (var pool = OverDataSourceTest.pool(SHOP.options(), OverDataSourceTest.SETTINGS, 1);
                var database = Database.over(pool)) {
            database.check(DefaultSchema.DEFAULT_SCHEMA);
        }
    }

    @Test
    void theLogOfThePoolShowsNoSecret() {
        var secrets = "?trustCertificateKeyStorePassword=ab,CANARY&clientCertificateKeyStorePass%77ord=ab)CANARY";
        var options = options(SHOP.options().url().replaceFirst("\\?.*", "") + secrets);
        var log = LogOutput.of(
                HikariConfig.class.getName(), () -> Database.open(options).close());

        assertTrue(log.contains(options.url().replaceFirst("\\?.*", "")), log);
        assertFalse(log.contains("CANARY"), log);
    }

    private static DatabaseOptions options(String url) {
        return DatabaseOptions.of(url, SHOP.options().user(), SHOP.options().password());
    }
}
