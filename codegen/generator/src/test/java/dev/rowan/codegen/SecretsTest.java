package dev.rowan.codegen;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rowan.codegen.config.OptionKeys;
import dev.rowan.db.DatabaseServer;
import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The generator's process shows no password and no value of a changelog, whatever is wrong: neither to the build nor in
 * its log.
 */
final class SecretsTest {

    private static final String SECRET = "leaked-secret";

    /** The login, and what the plugin decides. */
    private static final Set<String> NEVER_WRONG = Set.of(
            OptionKeys.USER,
            OptionKeys.PASSWORD,
            OptionKeys.IMAGE,
            OptionKeys.MIGRATE,
            OptionKeys.CHANGELOG_PARAMETER,
            OptionKeys.CHANGELOG_PATH,
            OptionKeys.GOAL,
            OptionKeys.GENERATE,
            OptionKeys.ADOPT,
            OptionKeys.DIFF,
            OptionKeys.CHECK,
            OptionKeys.DOCS,
            OptionKeys.DOCS_DIRECTORY,
            OptionKeys.MARKDOWN,
            OptionKeys.TITLE,
            OptionKeys.STRICT,
            OptionKeys.RELEASE,
            OptionKeys.REFERENCE,
            OptionKeys.OUTPUT,
            OptionKeys.ENVIRONMENT,
            OptionKeys.ROOT,
            OptionKeys.STATE,
            OptionKeys.OPTIONAL,
            OptionKeys.DRY_RUN,
            OptionKeys.RESOURCES,
            OptionKeys.OUTPUT_DIRECTORY,
            OptionKeys.WORK_DIRECTORY);

    private static final String CHANGELOG =
            "CREATE TABLE cats (id INT PRIMARY KEY, name VARCHAR(20)); INSERT INTO cats VALUES (1, '${secret}');";

    private static final DatabaseServer SERVER = TestServers.configured();

    private String url;

    @TempDir
    private Path folder;

    /** What is wrong: options, and the changelog. */
    record Mistake(String name, Map<String, String> options, String changelog) {

        @Override
        public String toString() {
            return name;
        }
    }

    @BeforeEach
    void createDatabase() {
        var name = "secrets_" + UUID.randomUUID().toString().replace("-", "").substring(0, 12);
        url = SERVER.createDatabase(name);
    }

    static Stream<Mistake> mistakes() {
        return Stream.of(options(), servers(), references(), changelogs()).flatMap(each -> each);
    }

    /** Each option with a text that it does not take. */
    private static Stream<Mistake> options() {
        return Arrays.stream(OptionKeys.class.getFields())
                .map(SecretsTest::value)
                .filter(key -> !NEVER_WRONG.contains(key))
                .map(key -> new Mistake(key, Map.of(key, "((no such = \\ thing"), CHANGELOG));
    }

    private static String value(Field constant) {
        try {
            return (String) constant.get(null);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Stream<String> urls() {
        return Stream.of(
                "jdbc:mysql://localhost:1/shop",
                "jdbc:mysql://app:" + SECRET + "@localhost:1/shop",
                "jdbc:mysql://localhost:1/shop?password=" + SECRET,
                "jdbc:mysql://localhost:1/shop?trustCertificateKeyStorePassword=" + SECRET,
                "jdbc:mysql://address=(host=localhost)(port=1)(password=" + SECRET + ")/shop",
                "jdbc:mysql://localhost:1/shop?password%31=" + SECRET);
    }

    /** Servers to apply the changelog to, to compare a database with it, and databases to check migrations for. */
    private static Stream<Mistake> references() {
        return Stream.of(OptionKeys.DIFF, OptionKeys.CHECK)
                .flatMap(goal -> urls().map(each -> new Mistake(
                        goal + " " + each.replace(SECRET, "***"),
                        Map.of(OptionKeys.GOAL, goal, OptionKeys.REFERENCE, each, OptionKeys.OUTPUT, "target/diff.sql"),
                        CHANGELOG)));
    }

    private static Stream<Mistake> servers() {
        return Stream.concat(urls(), Stream.of(SERVER.url()))
                .map(each -> new Mistake(
                        each.replace(SECRET, "***"),
                        Map.of(OptionKeys.SERVER, each, OptionKeys.PASSWORD, SECRET),
                        CHANGELOG));
    }

    private static Stream<Mistake> changelogs() {
        var create = "CREATE TABLE cats (id INT PRIMARY KEY, name VARCHAR(20) UNIQUE);\n";
        return Stream.of(
                        create + "INSERT INTO cats VALUES (1, '${secret}'), (2, '${secret}');",
                        create + "INSERT INTO cats VALUES (1, '${secret}${secret}');",
                        create + "INSERT INTO cats VALUES ('${secret}', 'Tom');",
                        "CREATE USER cat IDENTIFIED BY '${secret}' NO SUCH THING;",
                        "CREATE USER cat IDENTIFIED BY '${secret};",
                        "${secret}${noSuchParameter}")
                .map(sql -> new Mistake(sql, Map.of(), sql));
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void aFailureShowsNoSecret(Mistake mistake) throws Exception {
        var output = run(mistake);

        assertFalse(output.contains(SECRET), output);
        assertTrue(output.contains("error "), output);
    }

    /** Otherwise the other tests search for what is never used. */
    @Test
    void theSecretIsWritten() throws Exception {
        var output = run(new Mistake("none", Map.of(), CHANGELOG));

        assertTrue(output.contains("applied   1 changeset"), output);
        assertFalse(output.contains(SECRET), output);
        try (var connection = connect();
                var rows = connection.createStatement().executeQuery("SELECT name FROM cats")) {
            rows.next();
            assertEquals(SECRET, rows.getString(1));
        }
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection(url, SERVER.user(), SERVER.password());
    }

    /** Runs the process as the plugin does, and returns everything that it writes. */
    private String run(Mistake mistake) throws IOException, InterruptedException {
        var options = options(mistake);
        options.putAll(mistake.options());
        return run(options);
    }

    private Properties options(Mistake mistake) throws IOException {
        var changelog = folder.resolve("changelog.sql");
        Files.writeString(
                changelog,
                "--liquibase formatted sql\n\n--changeset cats:" + UUID.randomUUID() + "\n" + mistake.changelog());
        var options = new Properties();
        options.putAll(Map.of(
                OptionKeys.SERVER,
                url,
                OptionKeys.USER,
                SERVER.user(),
                OptionKeys.PASSWORD,
                SERVER.password(),
                OptionKeys.IMAGE,
                "mysql:9.7",
                OptionKeys.MIGRATE,
                "true",
                OptionKeys.CHANGELOG,
                "changelog.sql",
                OptionKeys.CHANGELOG_PATH,
                folder.toString(),
                OptionKeys.PACKAGE_NAME,
                "cats",
                OptionKeys.WORK_DIRECTORY,
                folder.resolve("work").toString(),
                OptionKeys.OUTPUT_DIRECTORY,
                folder.resolve("sources").toString()));
        options.setProperty(OptionKeys.CHANGELOG_PARAMETER + "secret", SECRET);
        return options;
    }

    private static String run(Properties options) throws IOException, InterruptedException {
        var builder = new ProcessBuilder(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
        var process = builder.redirectErrorStream(true).start();
        try (var input = process.outputWriter(StandardCharsets.UTF_8)) {
            options.store(input, null);
            input.write("\n");
        }
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return output;
    }
}
