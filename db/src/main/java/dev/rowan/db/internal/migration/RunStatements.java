package dev.rowan.db.internal.migration;

import dev.rowan.db.internal.sql.SqlScanner;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import liquibase.listener.SqlListener;

/**
 * The statements that a changeset has run, and those that stay applied when it fails: the server commits each DDL
 * statement, with what ran before it, whatever Liquibase rolls back afterwards. Liquibase tells of each statement.
 */
final class RunStatements extends SqlListener {

    private static final Pattern COMMITS = Pattern.compile(
            "(?:\\s|/\\*M?!\\d*)*(?:(?:alter|analyze|commit|flush|grant|install|lock|optimize|rename|repair|revoke|start"
                    + "|truncate|uninstall|unlock)\\b|(?:create|drop)\\b(?!\\s+temporary\\b))",
            Pattern.CASE_INSENSITIVE);

    /** How many statements a message shows. */
    private static final int SHOWN = 5;

    private final List<String> statements = new ArrayList<>();
    private boolean inTransaction = true;

    /**
     * Begins with the statements of another changeset.
     *
     * @param isRunInTransaction whether Liquibase runs them in a transaction; otherwise each is committed
     */
    void begin(boolean isRunInTransaction) {
        statements.clear();
        inTransaction = isRunInTransaction;
    }

    @Override
    public void writeSqlWillRun(String sql) {
        statements.add(sql);
    }

    /**
     * Returns the statements before the one that failed; all if that is not known. After it, Liquibase has run
     * statements of its own.
     */
    private List<String> before(String failed) {
        for (var i = statements.size() - 1; i >= 0; i--) {
            if (statements.get(i).strip().equals(failed.strip())) {
                return statements.subList(0, i);
            }
        }
        return statements;
    }

    /**
     * Returns the statements that stay applied.
     *
     * @param failed the statement that failed; blank if it is not known
     * @param wasParsed whether the server has begun to execute it
     */
    List<String> applied(String failed, boolean wasParsed) {
        var before = before(failed);
        if (!inTransaction || (wasParsed && commits(failed))) {
            return List.copyOf(before);
        }
        var count = before.size();
        while (count > 0 && !commits(before.get(count - 1))) {
            count--;
        }
        return List.copyOf(before.subList(0, count));
    }

    /** Says what to do before the next run with the statements that stay applied; empty if none ran before. */
    String hint(String failed, boolean wasParsed) {
        if (before(failed).isEmpty()) {
            return "";
        }
        var applied = applied(failed, wasParsed);
        if (applied.isEmpty()) {
            return " What this changeset ran before was rolled back.";
        }
        var shown = applied.stream().limit(SHOWN).map(SqlScanner::excerpt).collect(Collectors.joining("; "));
        var others = applied.size() - SHOWN;
        return " In a database that you keep, first undo by hand what stays applied of this changeset, as the server"
                + " commits each DDL statement with what ran before it: " + shown
                + (others > 0 ? "; and the " + others + " after these" : "") + ".";
    }

    private static boolean commits(String statement) {
        var code = SqlScanner.parts(statement).stream()
                .filter(part -> part.kind() != SqlScanner.Kind.COMMENT)
                .map(SqlScanner.Part::text)
                .collect(Collectors.joining());
        return COMMITS.matcher(code).lookingAt();
    }
}
