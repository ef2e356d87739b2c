package dev.rowan.db;

import static dev.rowan.db.testing.MessageAssertions.assertMessageContains;
import static dev.rowan.db.testing.MessageAssertions.messageOf;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.rowan.db.internal.jdbc.ServerProduct;
import dev.rowan.db.internal.jdbc.UnpooledDataSource;
import dev.rowan.db.testing.ChangelogFiles;
import dev.rowan.db.testing.EmptyDatabaseExtension;
import dev.rowan.db.testing.ForkedJvm;
import dev.rowan.db.testing.SqlRunner;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLHandshakeException;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a failed migration says: where, why, and the fix, but no data. */
@ExtendWith(EmptyDatabaseExtension.class)
class MigrationFailureTest {

    @TempDir
    private Path folder;

    private ChangelogFiles files;
    private DataSource database;

    @BeforeEach
    void open(DataSource fresh) throws SQLException {
        database = fresh;
        files = new ChangelogFiles(folder);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "ALTER TABLE people ADD UNIQUE KEY uk_name (name) | uk_name' (1062)",
                "ALTER TABLE people MODIFY name INT | value: '…'",
                "UPDATE people SET age = name + 1 | value: '…'",
                "INSERT INTO people (name) VALUES (NULL) | Column 'name' cannot be null (1048)",
                "INSERT INTO people (age) VALUES (1) | Field 'name' doesn't have a default value (1364)",
                "ALTER TABLE people MODIFY name VARCHAR(2) | for column 'name' at row 1",
                "CALL raise() | raised an error of its own",
                "CALL mimic() | raised an error of its own",
                "ALTER TABLE people DROP COLUMN height | height",
                "ALTER TABLE people DROP COLUMN height | exist",
                "SELECT name FROM nowhere_else | nowhere_else' doesn't exist (1146)",
            })
    void aFailureOnLiveRowsShowsNoneOfThem(String statement, String expected) throws Exception {
        givenPeople();
        var migrator = migrator("--liquibase formatted sql", "--changeset ann:change", statement + ";");

        var failure = assertThrows(MigrationException.class, migrator::update);

        assertMessageContains(failure, "The changeset ann:change in log.sql, line 3, failed: ", expected);
        var trace = new StringWriter();
        failure.printStackTrace(new PrintWriter(trace));
        assertFalse(trace.toString().contains("zx"), trace::toString);
        assertTrue(failure.getCause() instanceof SQLException, trace::toString);
        assertTrue(failure.isConnected());
    }

    @Test
    void aConnectionThatIsNotMadeIsNoFailureOfTheChangelog() throws Exception {
        int free;
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = socket.getLocalPort();
        }
        var migrator = Migrator.of("jdbc:mysql://127.0.0.1:" + free + "/shop", "ann", "s3cret", "shop/changelog.sql");

        var failure = assertThrows(MigrationException.class, migrator::update);

        assertEquals(
                "No connection to the database: nothing listens on this port, or a firewall refuses it. Check the URL, the"
                        + " user, the password and the server.",
                failure.getMessage());
        assertFalse(failure.isConnected());
    }

    @Test
    void aLoginThatTheServerRefusesIsNoFailureOfTheChangelog() {
        var refusing = (DataSource) Proxy.newProxyInstance(
                DataSource.class.getClassLoader(), new Class<?>[] {DataSource.class}, (proxy, method, arguments) -> {
                    throw new IllegalStateException(
                            "The pool has not started.",
                            new SQLException("Access denied for user 'ann'", "28000", 1045));
                });

        var failure = assertThrows(MigrationException.class, Migrator.of(refusing, "shop/changelog.sql")::update);

        assertMessageContains(failure, "No connection to the database: Access denied for user 'ann'. Check the URL");
        assertFalse(failure.isConnected());
    }

    @Test
    void aServerThatDoesNotProveItsIdentityIsSaidToBe() {
        var cause = new SQLException("Communications link failure", new SSLHandshakeException("no trust"));
        var refusing = (DataSource) Proxy.newProxyInstance(
                DataSource.class.getClassLoader(), new Class<?>[] {DataSource.class}, (proxy, method, arguments) -> {
                    throw cause;
                });

        var failure = assertThrows(MigrationException.class, Migrator.of(refusing, "shop/changelog.sql")::update);

        assertMessageContains(
                failure, "No connection to the database: The server does not offer TLS, or does not prove");
        var history =
                assertThrows(MigrationException.class, Migrator.of(refusing, "shop/changelog.sql")::updateWithHistory);
        assertFalse(history.isConnected());
        assertFalse(assertThrows(MigrationException.class, () -> SchemaChangelog.read(refusing))
                .isConnected());
    }

    @Test
    void anotherKindOfDatabaseIsNoFailureOfTheChangelog() {
        var metaData = answering(DatabaseMetaData.class, Map.of("getDatabaseProductName", "H2"));
        var connection = answering(Connection.class, Map.of("getMetaData", metaData));
        var other = answering(DataSource.class, Map.of("getConnection", connection));

        var failure = assertThrows(MigrationException.class, Migrator.of(other, "shop/changelog.sql")::update);

        assertEquals("The URL leads to H2, and not to MySQL or MariaDB. Check the URL.", failure.getMessage());
        assertFalse(failure.isConnected());
    }

    private static <T> T answering(Class<T> type, Map<String, ?> answers) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> answers.get(method.getName())));
    }

    @Test
    void aPreconditionShowsNoneOfTheRowsThatItRead() throws Exception {
        givenPeople();
        var migrator = migrator(
                "--liquibase formatted sql",
                "--changeset ann:change",
                "--preconditions onFail:HALT",
                "--precondition-sql-check expectedResult:0 SELECT MAX(name) FROM people",
                "ALTER TABLE people ADD size INT;");

        var failure = assertThrows(MigrationException.class, migrator::update);

        assertMessageContains(failure, "ann:change in log.sql failed. A precondition is not met.");
        var trace = new StringWriter();
        failure.printStackTrace(new PrintWriter(trace));
        assertFalse(trace.toString().contains("zx"), trace::toString);
    }

    @Test
    void aFailureShowsNoParameter() throws Exception {
        var migrator = migrator(
                        "--liquibase formatted sql",
                        "--changeset ann:login",
                        "CREATE USSER app IDENTIFIED BY '${password}';")
                .withParameters(Map.of("password", "canary"));

        var failure = assertThrows(MigrationException.class, migrator::update);

        assertEquals(
                "The changeset ann:login in log.sql, line 3, failed: SQL syntax error near USSER app IDENTIFIED BY '…'"
                        + " (1064) in CREATE USSER app IDENTIFIED BY '…'.",
                messageOf(failure).replaceFirst("\\. Fix .*", "."));
        var trace = new StringWriter();
        failure.printStackTrace(new PrintWriter(trace));
        assertFalse(trace.toString().contains("canary"), trace::toString);
    }

    @Test
    void aLongStatementIsCutOffBetweenTwoWords() throws Exception {
        var migrator = migrator(
                "--liquibase formatted sql",
                "--changeset ann:orders",
                "CREATE TABLE orders (id INT PRIMARY KEY, number INT NOT NULL, note TEXT, KEY ix_orders (numbr));");

        var failure = assertThrows(MigrationException.class, migrator::update);

        assertMessageContains(
                failure,
                "failed: Key column 'numbr' doesn't exist in table (1072) in CREATE TABLE orders (id INT PRIMARY KEY,"
                        + " number INT NOT … A key names a column that its table does not have: correct the name,");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "CREATE TABLE people (id INT) | 1050",
                "DROP TABLE nowhere | 1051",
                "ALTER TABLE people ADD age INT | 1060",
                "ALTER TABLE people ADD PRIMARY KEY (age) | 1068",
                "ALTER TABLE people ADD KEY ix (agee) | 1072",
                "ALTER TABLE people DROP COLUMN agee | 1091",
                "ALTER TABLE peopl ADD size INT | 1146",
            })
    void whatMySqlRefusesTooIsNotBlamedOnMariaDb(String statement, int code) throws Exception {
        givenPeople();
        var migrator = migrator("--liquibase formatted sql", "--changeset ann:change", statement + ";");

        var failure = assertThrows(MigrationException.class, migrator::update);

        assertMessageContains(failure, "(" + code + ")");
        assertFalse(messageOf(failure).contains("MariaDB"), messageOf(failure));
    }

    @Test
    void aColumnIsNamedWithItsDatabaseAndTable() throws Exception {
        var migrator = migrator(
                "--liquibase formatted sql",
                "--changeset ann:names",
                "CREATE TABLE people (id INT PRIMARY KEY, name VARCHAR(9));",
                "CREATE TABLE names AS SELECT id, name FROM people GROUP BY name;");

        var failure = assertThrows(MigrationException.class, migrator::update);

        assertMessageContains(failure, ".people.id'", "(1055)");
    }

    @Test
    void theLineOfASyntaxErrorIsThatOfTheFile() throws Exception {
        var migrator = migrator(
                "--liquibase formatted sql",
                "--changeset ann:two",
                "CREATE TABLE first (id INT);",
                "-- the second",
                "CREATE TABLE second (",
                "  id INT,",
                "  name VARCHAR 20",
                ");");

        var failure = assertThrows(MigrationException.class, migrator::update);

        assertMessageContains(failure, "ann:two in log.sql, line 7, failed: ");
        // a server that stands in for MySQL is not kept
        assertEquals(!standsIn(), messageOf(failure).contains("undo by hand"), messageOf(failure));
    }

    @Test
    void theStatementsThatStayAppliedAreNamed() throws Exception {
        assumeFalse(standsIn(), "a server that stands in for MySQL is not kept");
        var migrator = migrator(
                "--liquibase formatted sql",
                "--changeset ann:three",
                "CREATE TABLE first (id INT PRIMARY KEY);",
                "INSERT INTO first VALUES (1);",
                "CREATE TABLE second (id INT PRIMARY KEY);",
                "INSERT INTO first VALUES (2);",
                "INSERT INTO second VALUES (NULL);");

        var failure = assertThrows(MigrationException.class, migrator::update);

        assertMessageContains(
                failure,
                "line 7, failed: ",
                "undo by hand what stays applied of this changeset, as the server commits each DDL statement with what"
                        + " ran before it: CREATE TABLE first (id INT PRIMARY KEY); INSERT INTO first VALUES (1); CREATE"
                        + " TABLE second (id INT PRIMARY KEY).");
        assertEquals(List.of("1"), SqlRunner.query(database, "SELECT id FROM first"));
        assertEquals(List.of(), SqlRunner.query(database, "SELECT id FROM second"));
    }

    @Test
    void rowsAreRolledBackAndADdlStatementThatFailsCommitsThem() throws Exception {
        assumeFalse(standsIn(), "a server that stands in for MySQL is not kept");
        givenPeople();
        var rows = SqlRunner.query(database, "SELECT COUNT(*) FROM people");
        var onlyRows = migrator(
                "--liquibase formatted sql",
                "--changeset ann:rows",
                "INSERT INTO people (name) VALUES ('one');",
                "INSERT INTO people (name) VALUES (NULL);");
        assertMessageContains(
                assertThrows(MigrationException.class, onlyRows::update),
                "What this changeset ran before was rolled back.");
        assertEquals(rows, SqlRunner.query(database, "SELECT COUNT(*) FROM people"));

        var thenDdl = migrator(
                "--liquibase formatted sql",
                "--changeset ann:ddl",
                "DELETE FROM people;",
                "CREATE TABLE people (id INT);");
        assertMessageContains(
                assertThrows(MigrationException.class, thenDdl::update),
                "with what ran before it: DELETE FROM people.");
        assertEquals(List.of("0"), SqlRunner.query(database, "SELECT COUNT(*) FROM people"));
    }

    @Test
    void theFirstStatementLeavesNothingToUndo() throws Exception {
        var migrator = migrator("--liquibase formatted sql", "--changeset ann:one", "CREATE TABLE one (id INTT);");

        var failure = assertThrows(MigrationException.class, migrator::update);

        assertFalse(messageOf(failure).contains("undo"), messageOf(failure));
    }

    @Test
    void aStatementOfAnSqlFileIsNamedWithItsFile() throws Exception {
        files.with("sql/users.ddl", "CREATE TABLE users (id INT);", "CREATE TABLE users (no INT);");
        var migrator = yaml(
                "  - changeSet:",
                "      id: users",
                "      author: ann",
                "      changes:",
                "        - sqlFile: {path: sql/users.ddl}");

        var failure = assertThrows(MigrationException.class, migrator::update);

        assertMessageContains(failure, "ann:users in log.yaml, line 2 of sql/users.ddl, failed: ", "1050");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "include: {file: no/such.sql} | There is no no/such.sql on the class path.",
                "includeAll: {path: no/such/} | includeAll 'no/such/'",
                "include: {file: broken.xml} | Error parsing line 1 column 20 of broken.xml: ",
                "include: {file: empty.yaml} | Empty file empty.yaml.",
                "changeset: {id: 1, author: ann} | Unexpected node found under databaseChangeLog: changeset.",
                "changeSet: {id: 1, author: ann, changes: [{creatTable: {tableName: x}}]} | Unknown change type 'creatTable'.",
                "changeSet: {id: 1, author: ann, changes: [{createTable: {tableName: x}}]} | log.yaml::1::ann",
                "changeSet: {id: 1, author: ann, changes: [{sqlFile: {path: no/such.sql}}]} | There is no no/such.sql on",
                "changeSet: {id: 1, author: ann, changes: [{loadData: {file: no/such.csv, tableName: x}}]} | There is no no/such",
                "changeSet: {id: 1, changes: [{sql: {sql: SELECT 1}}]} | The changeset 1 in log.yaml has no author.",
            })
    void whatIsWrongInAChangelogIsNamedWithItsFile(String entry, String expected) throws Exception {
        files.with("broken.xml", "<databaseChangeLog>", "<changeSet>");
        files.with("empty.yaml", "");

        var failure = assertThrows(MigrationException.class, yaml("  - " + entry)::update);

        assertMessageContains(failure, "log.yaml", expected);
        assertFalse(messageOf(failure).matches(".*(searchPath|Exception).*"), messageOf(failure));
        assertEquals(Map.of(), SqlRunner.schema(database));
    }

    @Test
    void aChangesetThatIsThereTwiceIsNamed() throws Exception {
        var migrator = migrator(
                "--liquibase formatted sql", "--changeset ann:one", "SELECT 1;", "--changeset ann:one", "SELECT 2;");

        assertMessageContains(
                assertThrows(MigrationException.class, migrator::update), "more than one changeset ann:one in log.sql");
    }

    /** At the finest level, where a JVM of its own logs to its standard error. */
    @Test
    void liquibasesLogShowsNoDataAndNoParameter(DatabaseServer server) throws Exception {
        givenPeople();
        files.with(
                "log.yaml",
                "databaseChangeLog:",
                "  - changeSet:",
                "      id: precondition",
                "      author: ann",
                "      preConditions:",
                "        - onFail: WARN",
                "        - sqlCheck: {expectedResult: none, sql: SELECT MAX(name) FROM people}",
                "      changes: [{sql: {sql: \"SELECT '${secret}'\"}}]",
                "  - changeSet:",
                "      id: tolerated",
                "      author: ann",
                "      failOnError: false",
                "      changes: [{sql: {sql: ALTER TABLE people ADD UNIQUE KEY uk_name (name)}}]",
                "  - changeSet:",
                "      id: warned",
                "      author: ann",
                "      changes: [{sql: {sql: UPDATE IGNORE people SET age = name + 1}}]",
                "  - changeSet:",
                "      id: failed",
                "      author: ann",
                "      changes: [{sql: {sql: ALTER TABLE people ADD UNIQUE KEY uk_name (name)}}]");
        String url;
        try (var connection = database.getConnection()) {
            url = connection.getMetaData().getURL();
        }
        var jvm = ForkedJvm.start(
                Migration.class,
                List.of(
                        "-Dorg.slf4j.simpleLogger.defaultLogLevel=trace",
                        "-Durl=" + url,
                        "-Duser=" + server.user(),
                        "-Dpassword=" + server.password(),
                        "-Dfolder=" + folder));

        var output = new String(jvm.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertTrue(output.contains("liquibase.changelog"), output);
        assertTrue(output.contains("ann:failed in log.yaml failed"), output);
        assertFalse(output.contains("zx"), output);
        assertFalse(output.contains("canary"), output);
    }

    /** Applies the changelog {@code log.yaml}. */
    static final class Migration {
        public static void main(String[] arguments) throws IOException {
            var files = new ChangelogFiles(Path.of(System.getProperty("folder")));
            var dataSource = UnpooledDataSource.of(
                    System.getProperty("url"), System.getProperty("user"), System.getProperty("password"));
            Migrator.of(dataSource, "log.yaml", files.classLoader())
                    .withParameters(Map.of("secret", "canary"))
                    .update();
        }
    }

    private boolean standsIn() throws SQLException {
        return SqlRunner.query(database, "SELECT VERSION()").get(0).endsWith(ServerProduct.STAND_IN);
    }

    private void givenPeople() throws SQLException {
        SqlRunner.execute(
                database,
                "CREATE TABLE people (id INT AUTO_INCREMENT PRIMARY KEY, name VARCHAR(20) NOT NULL, age INT)",
                "INSERT INTO people (name) VALUES ('q''zx'), ('q''zx')",
                "CREATE PROCEDURE raise() BEGIN DECLARE text VARCHAR(99); SELECT MAX(name) INTO text FROM people;"
                        + " SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = text; END",
                "CREATE PROCEDURE mimic() BEGIN DECLARE text VARCHAR(99); SELECT MAX(name) INTO text FROM people;"
                        + " SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = text, MYSQL_ERRNO = 1054; END");
    }

    private Migrator migrator(String... lines) throws IOException {
        return Migrator.of(database, "log.sql", files.with("log.sql", lines).classLoader());
    }

    private Migrator yaml(String... lines) throws IOException {
        return Migrator.of(
                database,
                "log.yaml",
                files.with("log.yaml", "databaseChangeLog:\n" + String.join("\n", lines))
                        .classLoader());
    }
}
