package dev.rowan.db.internal.check;

import dev.rowan.db.internal.check.Ladder.Outcome;
import dev.rowan.db.internal.migration.PendingChangeset;
import dev.rowan.db.internal.sql.SqlScanner;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Runs the statements of changesets and collects what each costs. */
final class CostJudge {

    /** What is no work for the server. */
    private static final Pattern SETTING = Pattern.compile("\\s*(?:SET|SELECT|DO|USE)\\b.*", flags());

    private static final Pattern CREATE = Pattern.compile(
            "\\s*CREATE\\s+(?:DEFINER\\s*=\\s*\\S+\\s+|SQL\\s+SECURITY\\s+\\w+\\s+|ALGORITHM\\s*=\\s*\\w+\\s+)*"
                    + "(?<kind>TABLE|VIEW|PROCEDURE|FUNCTION|EVENT|SEQUENCE)\\b(?<rest>.*)",
            flags());

    private static final Pattern SELECT = Pattern.compile("\\bSELECT\\b", Pattern.CASE_INSENSITIVE);

    private static final Pattern ROWS =
            Pattern.compile("\\s*(?:INSERT|UPDATE|DELETE|REPLACE|LOAD|WITH|TRUNCATE)\\b.*", flags());

    private static final Pattern PROGRAM = Pattern.compile("\\s*(?:CALL|PREPARE|EXECUTE)\\b.*", flags());

    /** Whether a table that one of these changesets makes is in use by nobody when the others run. */
    private final boolean hasUsers;

    private final List<Cost> costs = new ArrayList<>();
    private final List<String> statements = new ArrayList<>();

    /** The tables that nobody uses yet. */
    private final Set<String> newTables = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);

    /**
     * Begins.
     *
     * @param hasUsers whether the database is in use before the first changeset that is judged; otherwise each table
     *     counts as in use once it is made
     */
    CostJudge(boolean hasUsers) {
        this.hasUsers = hasUsers;
    }

    /** Returns what the statements cost, in order. */
    List<Cost> costs() {
        return costs;
    }

    /** Returns the statements of the changeset that was applied last. */
    List<String> statements() {
        return statements;
    }

    /** Applies a changeset. */
    void apply(PendingChangeset changeset, Acceptance acceptance) throws Exception {
        statements.clear();
        changeset.apply((statement, sql) -> execute(statement, sql, changeset.name(), acceptance));
    }

    private boolean execute(Statement statement, String sql, String changeset, Acceptance acceptance)
            throws SQLException {
        statements.add(sql);
        var code = SqlScanner.withoutLiterals(sql);
        if (SETTING.matcher(code).matches()) {
            return statement.execute(sql);
        }
        var before = tables(statement);
        var change = TableChange.of(sql);
        var isInUse = change.isPresent()
                && !(newTables.contains(change.get().table())
                        && change.get().isIn(statement.getConnection().getCatalog()));
        var outcome =
                isInUse ? new Ladder(statement, change.get()).run() : run(statement, sql, code, change.isPresent());
        noteNewTables(before, tables(statement), CREATE.matcher(code).matches());
        costs.add(new Cost(
                changeset,
                SqlScanner.excerpt(Databases.withoutNames(sql)),
                outcome.verdict(),
                outcome.reason(),
                acceptance.reason(Acceptance.BLOCKS_WRITES)));
        return false; // Liquibase wants to know how many rows it changed, and only shows that
    }

    private static Outcome run(Statement statement, String sql, String code, boolean isOfNewTable) throws SQLException {
        statement.execute(sql);
        if (isOfNewTable) {
            return new Outcome(Verdict.NEW, "the table is new too");
        }
        var create = CREATE.matcher(code);
        if (create.matches()) {
            var readsRows = create.group("kind").toUpperCase(Locale.ROOT).equals("TABLE")
                    && SELECT.matcher(create.group("rest")).find();
            return readsRows
                    ? new Outcome(Verdict.NOT_JUDGED, "it reads rows, as many as there are")
                    : new Outcome(Verdict.NEW, "");
        }
        if (PROGRAM.matcher(code).matches()) {
            return new Outcome(Verdict.NOT_JUDGED, "what it runs is not seen: try those statements by themselves");
        }
        return new Outcome(
                Verdict.NOT_JUDGED,
                ROWS.matcher(code).matches() ? "it works on rows, as many as there are" : "it takes no ALGORITHM");
    }

    private void noteNewTables(Set<String> before, Set<String> after, boolean isCreate) {
        var made = new TreeSet<>(after);
        made.removeAll(before);
        var gone = new TreeSet<>(before);
        gone.removeAll(after);
        if (hasUsers && (isCreate || (!gone.isEmpty() && newTables.containsAll(gone)))) {
            newTables.addAll(made); // renamed, if it was not created
        }
        newTables.removeAll(gone);
    }

    private static Set<String> tables(Statement statement) throws SQLException {
        var tables = new TreeSet<String>();
        try (var other = statement.getConnection().createStatement();
                var row = other.executeQuery("SHOW TABLES")) {
            while (row.next()) {
                tables.add(row.getString(1));
            }
        }
        return tables;
    }

    private static int flags() {
        return Pattern.CASE_INSENSITIVE | Pattern.DOTALL;
    }
}
