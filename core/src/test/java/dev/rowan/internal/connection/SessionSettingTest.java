package dev.rowan.internal.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rowan.Database;
import dev.rowan.error.ForeignKeyViolation;
import dev.rowan.session.OverDataSourceTest;
import dev.rowan.shop.repositories.UsersRepository;
import dev.rowan.testing.ShopDatabase;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import org.jooq.SQLDialect;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class SessionSettingTest {

    @RegisterExtension
    static final ShopDatabase SHOP = new ShopDatabase();

    private final boolean isMariaDb = SHOP.database().dsl().dialect() == SQLDialect.MARIADB;

    /** A wrong value for each setting, as a server may have by default; not every server has another language. */
    private final String wrong = "sql_mode='',autocommit=0,completion_type=1,sql_select_limit=1,sql_big_selects=0,"
            + "sql_safe_updates=1,sql_auto_is_null=1,foreign_key_checks=0,unique_checks=0,group_concat_max_len=1024"
            + (isMariaDb ? ",check_constraint_checks=0,innodb_snapshot_isolation=1" : "");

    private final List<SessionSetting> settings = Arrays.stream(SessionSetting.values())
            .filter(setting -> setting.isOn(isMariaDb))
            .toList();

    @Test
    void thePoolSetsEachOneWhateverTheServersDefaultIs() {
        try (var database = Database.open(SHOP.optionsWith("sessionVariables=" + wrong))) {
            for (var setting : settings) {
                var value = database.dsl().fetchValue("select @@session." + setting.variable());
                assertTrue(setting.accepts(String.valueOf(value)), () -> setting + " is " + value);
            }
            if (isMariaDb) {
                assertEquals(
                        0,
                        database.dsl()
                                .fetchSingle("select @@session.innodb_snapshot_isolation")
                                .get(0, int.class));
            }
        }
    }

    @Test
    void aWriteAfterATransactionIsCommittedAndAListIsComplete() {
        try (var database =
                Database.open(SHOP.optionsWith("sessionVariables=" + wrong).withPoolSize(1))) {
            var users = new UsersRepository(database);
            database.transaction(session -> users.in(session).insert(u -> u.setName("Ann")));
            users.insert(u -> u.setName("Bob"));

            assertEquals(2, SHOP.users().all().count());
            assertEquals(2, users.all().list().size());
            assertThrows(
                    ForeignKeyViolation.class,
                    () -> users.insert(u -> u.setName("Cid").setInviterId(-1)));
        }
    }

    @Test
    void aPoolOfTheUsersWithAnotherValueIsRefusedWithTheFixOfEach() {
        var properties = new HashMap<>(OverDataSourceTest.SETTINGS);
        properties.put("sessionVariables", wrong);
        properties.put("jdbcCompliantTruncation", "false"); // the driver turns the strict mode on
        try (var pool = OverDataSourceTest.pool(SHOP.options(), properties, 1)) {
            var message = String.valueOf(assertThrows(IllegalStateException.class, () -> Database.over(pool))
                    .getMessage());
            for (var setting : settings) {
                assertTrue(
                        setting == SessionSetting.LC_MESSAGES
                                || setting == SessionSetting.AUTOCOMMIT // HikariCP turns it on
                                || setting == SessionSetting.INNODB_SNAPSHOT_ISOLATION // set only
                                || message.contains(setting.problem() + " " + setting.hint()),
                        () -> setting + " is missing in: " + message);
            }
        }
    }
}
