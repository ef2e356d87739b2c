package dev.rowan.db.internal.shell;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rowan.db.DatabaseServer;
import dev.rowan.db.internal.jdbc.UnpooledDataSource;
import dev.rowan.db.testing.EmptyDatabaseExtension;
import dev.rowan.db.testing.SqlRunner;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.sql.SQLException;
import java.util.List;
import java.util.Properties;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(EmptyDatabaseExtension.class)
class SqlShellTest {

    private final DatabaseServer server;
    private final DataSource database;

    SqlShellTest(DatabaseServer server) {
        this.server = server.temporaryDatabase("rowan_test_");
        this.database =
                UnpooledDataSource.of(this.server.url() + "?tinyInt1isBit=false", server.user(), server.password());
    }

    @BeforeEach
    void createTable() throws SQLException {
        SqlRunner.execute(database, "CREATE TABLE users (id INT PRIMARY KEY, name VARCHAR(200))");
    }

    @AfterEach
    void dropDatabase() {
        server.close();
    }

    @Test
    void rowsAreAlignedUnderTheirNamesWithTheirNumberAndTheTime() throws IOException {
        assertOutput("""
                insert into users values (1, 'Ann'), (22, null);
                select id, name as "full name" from users order by id;
                select * from users where id = 1;
                select * from users where id = 3
                """, """
                OK, 2 rows affected (#)
                +----+-----------+
                | id | full name |
                +----+-----------+
                |  1 | Ann       |
                | 22 | NULL      |
                +----+-----------+
                2 rows (#)
                +----+------+
                | id | name |
                +----+------+
                |  1 | Ann  |
                +----+------+
                1 row (#)
                0 rows (#)
                """);
    }

    @Test
    void valuesAreInTheWordsOfTheServerAndBytesInHexadecimalDigits() throws IOException {
        assertOutput("""
                set sql_mode = '';
                create table t (a double, b decimal(9, 3), c bool, d year, e date, f datetime(3), g time, h bit(9),
                    i binary(3), j json, k varchar(9) character set latin1, l bigint unsigned, m timestamp null);
                insert into t values (1e20, 1.5, 7, 2024, '0000-00-00', '2024-02-29 13:00:00.12', '-100:00:01', b'100000001',
                    0x00FF, '[1]', 'ä€', 18446744073709551615, '2024-02-29 13:00:00');
                select a, b, c, d, e, f, g from t;
                select h, i, j, k, l, m from t;
                """, """
                OK, 0 rows affected (#)
                OK, 0 rows affected (#)
                OK, 1 row affected (#)
                +------+-------+---+------+------------+-------------------------+------------+
                | a    | b     | c | d    | e          | f                       | g          |
                +------+-------+---+------+------------+-------------------------+------------+
                | 1e20 | 1.500 | 7 | 2024 | 0000-00-00 | 2024-02-29 13:00:00.120 | -100:00:01 |
                +------+-------+---+------+------------+-------------------------+------------+
                1 row (#)
                +--------+----------+-----+----+----------------------+---------------------+
                | h      | i        | j   | k  | l                    | m                   |
                +--------+----------+-----+----+----------------------+---------------------+
                | 0x0101 | 0x00FF00 | [1] | ä€ | 18446744073709551615 | 2024-02-29 13:00:00 |
                +--------+----------+-----+----+----------------------+---------------------+
                1 row (#)
                """);
    }

    @Test
    void aValueIsInOneLineAndSendsNoCommandToTheTerminal() throws IOException {
        assertOutput("select concat('a', char(10 using utf8mb4), char(27 using utf8mb4), '[2J') as x, '日本' as y;", """
                +------------+------+
                | x          | y    |
                +------------+------+
                | a\\n\\x1B[2J | 日本 |
                +------------+------+
                1 row (#)
                """);
    }

    @Test
    void anErrorOrAWarningThatQuotesAValueSendsNoCommandToTheTerminal() throws IOException {
        var output = output("""
                set @text = convert(unhex('6e6f740ac29b324ae280ae416e6e') using utf8mb4);
                signal sqlstate '45000' set message_text = @text;
                signal sqlstate '01000' set message_text = @text;
                """, true);

        assertEquals("""
                OK, 0 rows affected (#)
                ERROR 1644 (45000): not \\x9B2J\\u202EAnn
                OK, 0 rows affected (#)
                Warning 1642: not \\x9B2J\\u202EAnn
                """, output.replace("\\009B", "\\x9B")); // as MariaDB itself writes it
    }

    @Test
    void aValueDoesNotTurnAroundWhatStandsBesideIt() throws IOException {
        assertOutput("select convert(unhex('61e280ae62') using utf8mb4) as x, '\u05d0' as y;", """
                +----------+---+
                | x        | y |
                +----------+---+
                | a\\u202Eb | \u05d0 |
                +----------+---+
                1 row (#)
                """);
    }

    @Test
    void aLongValueIsCutInATerminalAndWholeInAPipe() throws IOException {
        var sql = "select repeat('x', 100) as x union all select 'y';";

        assertTrue(output(sql, false).contains("| " + "x".repeat(100) + " |"));
        assertTrue(output(sql, true).contains("| " + "x".repeat(79) + "… |"));
    }

    @Test
    void aSingleRowThatDoesNotFitIsShownWholeInATerminal() throws IOException {
        var table = output("show create table users;", true);

        assertTrue(table.startsWith("Table: users\nCreate Table: CREATE TABLE `users` (\n  `id` int"), table);
        assertTrue(table.endsWith("1 row (#)\n"), table);
    }

    @Test
    void anErrorIsOneLineWithTheNumberOfTheServerAndEndsAPipe() throws IOException {
        var sql = "select * from nowhere;\nselect 1;";

        var error = "ERROR 1146 (42S02): Table '%s.nowhere' doesn't exist\n".formatted(name());
        assertEquals(error, output(sql, false));
        assertEquals(error + """
                        +---+
                        | 1 |
                        +---+
                        | 1 |
                        +---+
                        1 row (#)
                        """, output(sql, true));
    }

    @Test
    void whetherAllWasDoneIsKnownAtTheEnd() throws IOException {
        assertTrue(shell("select 1", false, new StringWriter()).run());
        assertTrue(shell("selec 1;", true, new StringWriter()).run());
        assertFalse(shell("selec 1", false, new StringWriter()).run());
    }

    @Test
    void whenNobodyReadsThePipeAnyMoreNothingElseIsDone() throws Exception {
        var closed = new OutputStreamWriter(OutputStream.nullOutputStream(), UTF_8);
        closed.close();
        var lines = new BufferedReader(new StringReader("select 1;\ninsert into users values (1, 'Ann');"));

        assertFalse(new SqlShell(database, new PlainInput(lines, false), new PrintWriter(closed)).run());
        assertEquals(List.of(), SqlRunner.query(database, "SELECT id FROM users"));
    }

    @Test
    void statementsShareATransaction() throws IOException, SQLException {
        output("begin;\ninsert into users values (1, 'Ann');\nrollback;\ninsert into users values (2, 'Bob');", false);

        assertEquals(List.of("2"), SqlRunner.query(database, "SELECT id FROM users"));
    }

    @Test
    void aLostConnectionIsReplaced() throws IOException {
        var output = output("kill connection_id();\nselect 2 as n;", true);

        assertTrue(output.startsWith("ERROR "), output);
        assertTrue(output.endsWith("""
                        +---+
                        | n |
                        +---+
                        | 2 |
                        +---+
                        1 row (#)
                        """), output);
    }

    @Test
    void warningsOfTheServerAreShown() throws IOException {
        assertOutput("insert ignore into users values (1, 'Ann'), (1, 'Bob');", """
                OK, 1 row affected (#)
                Warning 1062: Duplicate entry '1' for key '%s'
                """.formatted(
                        isMariaDb() ? "PRIMARY" : "users.PRIMARY"));
    }

    @Test
    void aProcedureMayHaveSemicolonsAndSeveralResults() throws IOException {
        assertOutput("""
                delimiter //
                create procedure two()
                begin
                  select 1 as a;
                  select 'b' as b;
                end//
                delimiter ;
                call two();
                """, """
                OK, 0 rows affected (#)
                +---+
                | a |
                +---+
                | 1 |
                +---+
                1 row (#)
                +---+
                | b |
                +---+
                | b |
                +---+
                1 row (#)
                OK, 0 rows affected (#)
                """);
    }

    @Test
    void aLargeResultIsShownInBlocks() throws IOException {
        var ten = "(select 1 as n" + " union all select 1".repeat(9) + ")";

        var lines = output(
                        "select 7 as n from %1$s a, %1$s b, %1$s c, (select 1 union select 2) d;".formatted(ten), true)
                .lines()
                .toList();

        assertEquals("2000 rows (#)", lines.getLast());
        assertEquals(2000, lines.stream().filter("| 7 |"::equals).count());
        assertEquals(2, lines.stream().filter("| n |"::equals).count());
    }

    @Test
    void quitEndsItAndNothingIsRunAfterIt() throws IOException {
        for (var end : List.of("quit", "exit", "QUIT;", "\\q")) {
            assertEquals("", output(end + "\nselect 1;", false), end);
        }
        assertTrue(output("select 'a\nquit\n' as x;", false).contains("| a\\nquit\\n |"));
    }

    /** The build has one version of JLine, and the plugin fetches another if they differ. */
    @Test
    void theLineEditorIsThatOfTheBuild() throws IOException {
        for (var coordinates : SqlShell.LINE_EDITOR) {
            var parts = coordinates.split(":", -1);
            var name = "/META-INF/maven/%s/%s/pom.properties".formatted(parts[0], parts[1]);
            try (var properties = SqlShell.class.getResourceAsStream(name)) {
                var values = new Properties();
                values.load(new BufferedReader(new InputStreamReader(properties, UTF_8)));
                assertEquals(parts[2], values.getProperty("version"), coordinates);
            }
        }
    }

    private void assertOutput(String input, String expected) throws IOException {
        assertEquals(expected, output(input, false));
    }

    private String output(String input, boolean isInteractive) throws IOException {
        var out = new StringWriter();
        shell(input, isInteractive, out).run();
        return out.toString().replace(System.lineSeparator(), "\n").replaceAll("\\(\\d+\\.\\d{3} s\\)", "(#)");
    }

    private SqlShell shell(String input, boolean isInteractive, StringWriter out) {
        var lines = new PlainInput(new BufferedReader(new StringReader(input)), isInteractive);
        return new SqlShell(database, lines, new PrintWriter(out));
    }

    private String name() {
        return server.url().replaceFirst(".*/", "");
    }

    private boolean isMariaDb() {
        return server.description().startsWith("MariaDB");
    }
}
