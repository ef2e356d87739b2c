package dev.rowan.internal.statement;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.rowan.Database;
import dev.rowan.error.SchemaMismatch;
import dev.rowan.session.OverDataSourceTest;
import dev.rowan.shop.DefaultSchema;
import dev.rowan.testing.ShopDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.jdbc.datasource.DelegatingDataSource;

class ServerProbeTest {

    @RegisterExtension
    static final ShopDatabase SHOP = new ShopDatabase();

    @Test
    void settingsAndTablesAreInOneErrorWithTheFixOfEach() {
        try (var pool = OverDataSourceTest.pool(SHOP.options(), OverDataSourceTest.SETTINGS, 1)) {
            var later = new SettingLater(pool);
            try (var database = Database.over(later)) {
                later.setting = "SET SESSION time_zone = '+05:00', sql_mode = 'STRICT_TRANS_TABLES,ANSI_QUOTES'";
                SHOP.database().dsl().execute("ALTER TABLE roles ADD level INT NOT NULL");

                var mismatch = assertThrows(SchemaMismatch.class, () -> database.check(DefaultSchema.DEFAULT_SCHEMA));
                assertEquals(
                        """
                        The database %s does not match what Rowan and the generated classes expect. If its tables were \
                        changed on purpose, write the change as a changeset (mvn rowan:diff does) and generate the sources again.
                        - Under the sql_mode ANSI_QUOTES statements or values have another meaning. Remove it from the \
                        sessionVariables, or from the server's sql_mode.
                        - The session's time zone is not UTC. \
                        Set connectionTimeZone=UTC and forceConnectionTimeZoneToSession=true.
                        - roles.level is NOT NULL without a default, and the classes do not know it, so that inserts fail. \
                        ALTER TABLE `roles` ALTER `level` SET DEFAULT …""".formatted(SHOP.database().dsl().fetchValue("select database()")), mismatch.getMessage());
            } finally {
                SHOP.database().dsl().execute("ALTER TABLE roles DROP level");
            }
        }
    }

    /** A pool that changes a setting of each connection when it is borrowed. */
    private static final class SettingLater extends DelegatingDataSource {

        private volatile String setting = "DO 0";

        SettingLater(javax.sql.DataSource pool) {
            super(pool);
        }

        @Override
        public Connection getConnection() throws SQLException {
            var connection = super.getConnection();
            try (var statement = connection.createStatement()) {
                statement.execute(setting);
            }
            return connection;
        }
    }

    @Test
    void anIsolationLevelWithoutSnapshotsIsADifference() {
        var variables = "sessionVariables=transaction_isolation='READ-COMMITTED'";
        try (var database = Database.open(SHOP.optionsWith(variables))) {
            var mismatch = assertThrows(SchemaMismatch.class, () -> database.check(DefaultSchema.DEFAULT_SCHEMA));
            assertEquals(
                    List.of("The isolation level is too low for Database.read to read one snapshot. Set"
                            + " sessionVariables=transaction_isolation='REPEATABLE-READ', or the server's"
                            + " transaction_isolation."),
                    mismatch.differences());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "5.7.44-log, true",
        "8.0.18, true",
        "8.0.19, false",
        "8.4.3-commercial, false",
        "9.7.4-2, false",
        "10.5.27-MariaDB-log, true",
        "5.5.5-10.5.27-MariaDB, true",
        "5.5.5-10.11.18-MariaDB-0+deb12u1, true",
        "11.2.6-MariaDB, true",
        "11.4.5-MariaDB, false"
    })
    void aServerThatDoesNotSupportRowansSqlIsTooOld(String version, boolean tooOld) {
        assertEquals(tooOld, ServerProbe.isTooOld(version));
    }
}
