package dev.rowan.db.internal.shell;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * A prompt for SQL on one database: statements in, tables out. It runs the statements on one connection, so that they
 * share transactions and variables, and makes another one when that is lost.
 */
public final class SqlShell {

    /** The artifacts of the editor of lines, which {@link #open} uses if they are on the class path. */
    public static final List<String> LINE_EDITOR = List.of(
            "org.jline:jline-reader:3.30.6",
            "org.jline:jline-terminal:3.30.6",
            "org.jline:jline-terminal-jni:3.30.6",
            "org.jline:jline-native:3.30.6");

    /** So many rows are aligned with each other: a table may be larger than the memory. */
    private static final int BLOCK = 1000;

    /** Longer values are cut in a terminal. A pipe gets them whole. */
    private static final int WIDEST_IN_TERMINAL = 80;

    private static final int ANSWER_SECONDS = 5;

    private static final Pattern END = Pattern.compile("(?i)\\s*(?:(?:quit|exit)\\s*;?|\\\\q)\\s*");

    private static final Set<Integer> BINARY =
            Set.of(Types.BINARY, Types.VARBINARY, Types.LONGVARBINARY, Types.BLOB, Types.BIT);
    private static final Set<Integer> TEXT = Set.of(
            Types.CHAR, Types.VARCHAR, Types.LONGVARCHAR, Types.NCHAR, Types.NVARCHAR, Types.LONGNVARCHAR, Types.CLOB);
    private static final Set<Integer> NUMBER = Set.of(
            Types.TINYINT,
            Types.SMALLINT,
            Types.INTEGER,
            Types.BIGINT,
            Types.DECIMAL,
            Types.NUMERIC,
            Types.REAL,
            Types.FLOAT,
            Types.DOUBLE);

    private final DataSource database;
    private final ShellInput input;
    private final PrintWriter out;
    private final int widest;
    private @Nullable Connection connection;

    SqlShell(DataSource database, ShellInput input, PrintWriter out) {
        this.database = database;
        this.input = input;
        this.out = out;
        this.widest = input.isInteractive() ? WIDEST_IN_TERMINAL : Integer.MAX_VALUE;
    }

    /**
     * Opens a prompt in the terminal of this process; without a terminal, runs the statements of the standard input, up
     * to the first that fails.
     *
     * @param database its connections must not take TINYINT(1) for BIT
     * @param title what the prompt is connected to
     * @param history the file that keeps what was typed
     * @return whether all was done: false if a statement of the standard input has failed
     */
    @SuppressWarnings("SystemConsoleNull") // who starts this process sets jdk.console: it is null without a terminal
    public static boolean open(DataSource database, String title, Path history) throws IOException {
        var console = System.console();
        if (console == null) {
            var lines = new BufferedReader(new InputStreamReader(System.in, UTF_8));
            return new SqlShell(database, new PlainInput(lines, false), new PrintWriter(System.out, false, UTF_8))
                    .run();
        }
        if (!hasLineEditor()) {
            var lines = new BufferedReader(console.reader());
            console.writer().println(welcome(title));
            return new SqlShell(database, new PlainInput(lines, true), console.writer()).run();
        }
        try (var terminal = TerminalInput.open(history)) {
            terminal.writer().println(welcome(title));
            return new SqlShell(database, terminal, terminal.writer()).run();
        }
    }

    /** Returns whether {@link #LINE_EDITOR} is on the class path. */
    public static boolean hasLineEditor() {
        return SqlShell.class.getClassLoader().getResource("org/jline/reader/LineReader.class") != null;
    }

    private static String welcome(String title) {
        return title + ". A statement ends with a semicolon. Leave with quit or Ctrl-D.";
    }

    /** Runs statements until the input ends; returns false if one fails that nobody has seen to. */
    boolean run() throws IOException {
        var buffer = new StatementBuffer();
        try {
            for (String text; (text = input.read(lines -> isComplete(buffer, lines))) != null; ) {
                if (END.matcher(text).matches() && buffer.isEmpty()) {
                    return true;
                }
                if (!runAll(buffer.add(text))) {
                    return false;
                }
            }
            return runAll(buffer.rest());
        } finally {
            closeConnection();
            out.flush();
        }
    }

    private static boolean isComplete(StatementBuffer buffer, String lines) {
        return END.matcher(lines).matches() || buffer.isCompleteWith(lines);
    }

    private boolean runAll(List<String> statements) {
        for (var sql : statements) {
            var succeeded = run(sql);
            var isHeard = !out.checkError(); // else the reader of a pipe has left, as `head` does
            if (!(succeeded && isHeard) && !input.isInteractive()) {
                return false;
            }
        }
        return true;
    }

    private boolean run(String sql) {
        try (var statement = connection().createStatement()) {
            input.onInterrupt(() -> cancel(statement));
            statement.setEscapeProcessing(false);
            statement.setFetchSize(Integer.MIN_VALUE); // row by row
            var start = System.nanoTime();
            var isResult = statement.execute(sql);
            while (isResult || statement.getUpdateCount() >= 0) {
                if (isResult) {
                    printRows(statement.getResultSet(), start);
                } else {
                    out.println("OK, " + count(statement.getUpdateCount(), "row") + " affected" + since(start));
                }
                isResult = statement.getMoreResults();
            }
            for (var warning = statement.getWarnings(); warning != null; warning = warning.getNextWarning()) {
                out.println("Warning " + warning.getErrorCode() + ": " + inOneLine(warning));
            }
            return true;
        } catch (SQLException e) {
            out.println("ERROR " + e.getErrorCode() + " (" + e.getSQLState() + "): " + inOneLine(e));
            if (isLost()) {
                closeConnection();
                out.println(
                        "The connection is lost, and with it its transaction, its variables and what USE has chosen."
                                + " The next statement gets a new one.");
            }
            return false;
        } finally {
            input.onInterrupt(() -> {});
        }
    }

    private Connection connection() throws SQLException {
        var open = connection;
        if (open == null) {
            open = database.getConnection();
            connection = open;
        }
        return open;
    }

    private boolean isLost() {
        try {
            return connection != null && !connection.isValid(ANSWER_SECONDS);
        } catch (SQLException e) {
            return true;
        }
    }

    private void closeConnection() {
        try {
            if (connection != null) {
                connection.close();
            }
        } catch (SQLException e) {
            // it is lost, which an earlier error has said
        }
        connection = null;
    }

    private void cancel(Statement statement) {
        try {
            statement.cancel();
        } catch (SQLException e) {
            out.println("The statement cannot be cancelled: " + inOneLine(e));
            out.flush();
        }
    }

    private void printRows(ResultSet rows, long start) throws SQLException {
        var columns = rows.getMetaData();
        long count = 0;
        while (true) {
            var block = new ArrayList<List<String>>();
            while (block.size() < BLOCK && rows.next()) {
                block.add(row(rows, columns));
            }
            count += block.size();
            if (count == 1 && !fits(block.getFirst())) {
                printWhole(block.getFirst(), columns);
            } else if (!block.isEmpty()) {
                print(block, columns);
            }
            if (block.size() < BLOCK || out.checkError()) {
                break;
            }
        }
        out.println(count(count, "row") + since(start));
    }

    /** Returns whether the only row of a result is to be a line of a table. Of others, values are cut. */
    private boolean fits(List<String> row) {
        return !input.isInteractive()
                || row.stream().noneMatch(value -> value.length() > widest || value.contains("\n"));
    }

    /** Prints a row without cutting it: each value begins a line, with its name, and has its own line breaks. */
    private void printWhole(List<String> row, ResultSetMetaData columns) throws SQLException {
        for (var i = 0; i < row.size(); i++) {
            out.print(TextTable.printable(columns.getColumnLabel(i + 1)) + ": ");
            row.get(i).lines().map(TextTable::printable).forEach(out::println);
            if (row.get(i).isEmpty()) {
                out.println();
            }
        }
    }

    private void print(List<List<String>> rows, ResultSetMetaData columns) throws SQLException {
        var table = table(columns);
        for (var row : rows) {
            table.add(row.stream().map(value -> cut(TextTable.printable(value))).toList());
        }
        table.lines().forEach(out::println);
    }

    private static TextTable table(ResultSetMetaData columns) throws SQLException {
        var heading = new ArrayList<String>();
        var isNumber = new ArrayList<Boolean>();
        for (var i = 1; i <= columns.getColumnCount(); i++) {
            heading.add(columns.getColumnLabel(i));
            isNumber.add(NUMBER.contains(columns.getColumnType(i)));
        }
        return new TextTable(heading, isNumber);
    }

    private List<String> row(ResultSet rows, ResultSetMetaData columns) throws SQLException {
        var values = new ArrayList<String>();
        for (var i = 1; i <= columns.getColumnCount(); i++) {
            values.add(value(rows, i, columns.getColumnType(i)));
        }
        return values;
    }

    /** Returns a value in the words of the server; but text is decoded, and bytes are shown as digits. */
    private static String value(ResultSet rows, int column, int type) throws SQLException {
        var bytes = rows.getBytes(column);
        if (bytes == null) {
            return "NULL";
        }
        if (BINARY.contains(type)) {
            return "0x" + HexFormat.of().withUpperCase().formatHex(bytes);
        }
        return TEXT.contains(type) ? String.valueOf(rows.getString(column)) : new String(bytes, UTF_8);
    }

    private String cut(String value) {
        return value.length() <= widest
                ? value
                : value.substring(0, value.offsetByCodePoints(0, value.codePointCount(0, widest) - 1)) + "…";
    }

    /** Returns the message, which may quote a value. */
    private static String inOneLine(SQLException failure) {
        return TextTable.printable(String.valueOf(failure.getMessage()).strip().replaceAll("\\s+", " "));
    }

    private static String count(long number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }

    private static String since(long start) {
        return String.format(Locale.ROOT, " (%.3f s)", (System.nanoTime() - start) / 1e9);
    }
}
