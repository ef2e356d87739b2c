package dev.rowan.codegen;

import dev.rowan.codegen.config.OptionKeys;
import dev.rowan.codegen.config.Rules;
import dev.rowan.db.DatabaseServer;
import dev.rowan.db.ServerOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;

/** Runs the generator on a database that was empty at first. */
final class GeneratorFixture {

    private final String name;
    private final ServerOptions database;
    private final Path output;
    private boolean migrate;
    private String changelog = "";
    private List<Path> changelogPath = List.of();
    private String excludes = "";
    private final Properties rules = new Properties();
    private final List<String> warnings = new ArrayList<>();

    /** Creates the database. */
    GeneratorFixture(DatabaseServer server, Path output) {
        String suffix = UUID.randomUUID().toString().replace("-", "").substring(0, 12);
        this.name = "rowan_test_generator_" + suffix;
        this.database = ServerOptions.of(server.createDatabase(name))
                .withUser(server.user())
                .withPassword(server.password());
        this.output = output;
    }

    private GeneratorFixture(String name, ServerOptions database, Path output) {
        this.name = name;
        this.database = database;
        this.output = output;
    }

    String databaseName() {
        return name;
    }

    /** Names a changelog, which is not applied to the database. */
    GeneratorFixture changelog(String name) {
        changelog = name;
        return this;
    }

    /** Names a changelog in a directory, which is not applied to the database. */
    GeneratorFixture changelog(Path directory, String name) {
        changelogPath = List.of(directory);
        return changelog(name);
    }

    ServerOptions database() {
        return database;
    }

    /** Applies the changelog to the database before the schema is read. */
    GeneratorFixture migrate() {
        migrate = true;
        return this;
    }

    GeneratorFixture exclude(String pattern) {
        excludes = pattern;
        return this;
    }

    GeneratorFixture mapTypes(String... lines) {
        return configure(OptionKeys.TYPES, lines);
    }

    /** Sets a list of rules, as the plugin's parameter of this name does. */
    GeneratorFixture configure(String element, String... lines) {
        rules.setProperty(element, String.join("\n", lines));
        return this;
    }

    GeneratorFixture execute(String... statements) throws SQLException {
        try (Connection connection = connect();
                var statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
        return this;
    }

    /**
     * Executes those statements that the server accepts.
     *
     * @return the number of tables, and of ENUM and SET columns
     */
    int[] executeLegal(List<String> statements) throws SQLException {
        try (Connection connection = connect();
                var statement = connection.createStatement()) {
            for (String sql : statements) {
                try {
                    statement.execute(sql);
                } catch (SQLException e) {
                    // not a legal schema
                }
            }
            var counts = statement.executeQuery("SELECT COUNT(DISTINCT BINARY TABLE_NAME),"
                    + " COALESCE(SUM(DATA_TYPE IN ('enum', 'set')), 0)"
                    + " FROM information_schema.COLUMNS WHERE TABLE_SCHEMA = DATABASE()");
            counts.next();
            return new int[] {counts.getInt(1), counts.getInt(2)};
        }
    }

    /** Returns a generator that reads the same database as another user, into another folder. */
    GeneratorFixture as(String user, String password, Path otherOutput) {
        return new GeneratorFixture(name, database.withUser(user).withPassword(password), otherOutput);
    }

    /** Drops the database. */
    void drop() throws SQLException {
        try (Connection connection = connect();
                var statement = connection.createStatement()) {
            statement.execute("DROP DATABASE " + connection.getCatalog());
        }
    }

    List<String> tables() throws SQLException {
        List<String> tables = new ArrayList<>();
        try (Connection connection = connect();
                var result = connection.createStatement().executeQuery("SHOW TABLES")) {
            while (result.next()) {
                tables.add(result.getString(1));
            }
        }
        return tables;
    }

    String version() throws SQLException {
        try (Connection connection = connect()) {
            return connection.getMetaData().getDatabaseProductVersion();
        }
    }

    private Connection connect() throws SQLException {
        try (var server = DatabaseServer.start(database)) {
            return server.dataSource().getConnection();
        }
    }

    /** Returns the warnings of all runs. */
    List<String> warnings() {
        return warnings;
    }

    /** Generates sources and returns the lines that were reported. */
    List<String> generate(String packageName) throws Exception {
        List<String> lines = new ArrayList<>();
        Path work = Files.createTempDirectory("generator-test");
        var options = new GeneratorOptions(
                database,
                migrate,
                new ChangelogSource(changelog, changelogPath, List.of(), "", Map.of()),
                packageName,
                work,
                output,
                ".*",
                excludes,
                Rules.of(rules));
        new Generation(options, lines::add, warnings::add).run();
        Files.delete(work); // nothing is left in it
        return lines;
    }
}
