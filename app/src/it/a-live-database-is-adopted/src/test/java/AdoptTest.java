import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rowan.db.DatabaseServer;
import dev.rowan.db.ServerOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The commands of the page about adopting a database, in the project of the README. */
class AdoptTest {

    private static final Path SHOP = Path.of("shop");
    private static final Path CHANGELOG = SHOP.resolve("src/main/resources/shop/changelog.sql");
    private static final Path REPOSITORY =
            SHOP.resolve("target/generated-sources/rowan/com/example/shop/repositories/UsersRepository.java");

    private DatabaseServer server;

    @Test
    void aDatabaseWithoutAChangelogGetsOne() throws Exception {
        try (var started = DatabaseServer.start(ServerOptions.fromSystem())) {
            server = started;
            execute("both.sql");
            execute(server.description().contains("MariaDB") ? "mariadb.sql" : "mysql.sql");
            var tables = tables();

            var dryRun = maven(true, 0, "rowan:adopt", "-Drowan.dryRun=true");
            assertTrue(Files.exists(SHOP.resolve("target/rowan/adopt.work/shop/changelog.sql")), dryRun);
            assertFalse(Files.exists(CHANGELOG));
            assertEquals(tables, tables());

            var adopted = maven(true, 0, "rowan:adopt");
            assertTrue(Files.readString(CHANGELOG).contains("CREATE TABLE `users`"), adopted);
            assertTrue(adopted.contains(tables.size() + " changesets as applied to this database"), adopted);
            assertFalse(adopted.contains(server.password()), "a log with the password");

            var again = maven(true, 1, "rowan:adopt");
            assertTrue(again.contains("has a changelog already"), again);

            // a changelog on a MariaDB that stands in for MySQL is without what is for MariaDB only
            var isMariaDb = server.description().contains("MariaDB");
            var same = maven(true, isMariaDb ? 1 : 0, "rowan:diff");
            assertTrue(same.contains(isMariaDb ? "compared  1 difference" : "no difference"), same);
            assertEquals(isMariaDb, same.contains("of_mariadb: the column z is"), same);
            execute("by-hand.sql");
            var differing = maven(true, 1, "rowan:diff");
            assertTrue(differing.contains("users: the column by_hand is not in the changelog."), differing);
            assertTrue(differing.contains("differs from its changelog in " + (isMariaDb ? 2 : 1) + " place"), differing);
            assertFalse(differing.contains(server.password()), "a log with the password");
            var diff = Files.readString(SHOP.resolve("target/rowan/diff.sql"));
            assertTrue(diff.contains("ADD COLUMN `by_hand` int"), diff);
            execute("undo-by-hand.sql");

            var checked = maven(false, 0, "test");
            assertTrue(checked.contains("Tests run: 1, Failures: 0, Errors: 0, Skipped: 0"), checked);
        }
        assertTrue(Files.readString(REPOSITORY).contains("findByEmail(String email)"));

        var without = maven(false, 1, "rowan:adopt", "-Drowan.changelog=shop/other.sql");
        assertTrue(without.contains("To adopt a database, name it"), without);
    }

    private String maven(boolean live, int exit, String... arguments) throws Exception {
        var isWindows = System.getProperty("os.name").startsWith("Windows");
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("maven.home"), "bin", isWindows ? "mvn.cmd" : "mvn").toString(),
                "-B",
                "-ntp",
                "-s",
                Path.of("settings.xml").toAbsolutePath().toString(),
                "-Dusers.repository=" + System.getProperty("users.repository"),
                "-Dmaven.repo.local=" + System.getProperty("maven.repository")));
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command).directory(SHOP.toFile()).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("ROWAN_") && !name.equals("ROWAN_CACHE"));
        if (live) {
            builder.environment().put("ROWAN_SERVER", server.url());
            builder.environment().put("ROWAN_USER", server.user());
            builder.environment().put("ROWAN_PASSWORD", server.password());
        } else {
            builder.environment().put("ROWAN_SERVER", System.getProperty("rowan.server", ""));
        }
        builder.environment().put("LIVE_URL", server.url());
        builder.environment().put("LIVE_USER", server.user());
        builder.environment().put("LIVE_PASSWORD", server.password());
        var process = builder.start();
        var output = new String(process.getInputStream().readAllBytes());
        assertEquals(exit, process.waitFor(), output);
        return output;
    }

    private void execute(String file) throws Exception {
        try (var connection = server.dataSource().getConnection();
                var statement = connection.createStatement()) {
            for (var sql : Files.readString(Path.of("src/test/resources", file)).split(";\n")) {
                statement.execute(sql);
            }
        }
    }

    private List<String> tables() throws Exception {
        var tables = new ArrayList<String>();
        try (var connection = server.dataSource().getConnection();
                var statement = connection.createStatement();
                var result = statement.executeQuery("SHOW TABLES")) {
            while (result.next()) {
                tables.add(result.getString(1));
            }
        }
        return tables;
    }
}
