package dev.rowan.db.internal.check;

import dev.rowan.db.internal.check.JudgedChangesets.Release;
import dev.rowan.db.internal.jdbc.ServerProduct;
import dev.rowan.db.internal.migration.ChangelogFailure;
import dev.rowan.db.internal.migration.ChangelogRunner;
import dev.rowan.db.internal.migration.ChangelogStep;
import dev.rowan.db.internal.migration.PendingChangeset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Applies a changelog to empty databases, in several ways, and collects what its latest changesets would cost a
 * database in use and what is wrong with them. For a single use.
 */
public final class ChangelogCheck {

    private final Databases databases;
    private final @Nullable List<ChangelogStep> applied;
    private final CheckResult result = new CheckResult();
    private final List<Release> releases = new ArrayList<>();

    /** From where a database with rows cannot be migrated, by the message that says why. */
    private final Map<String, List<String>> failures = new LinkedHashMap<>();

    /**
     * Prepares a check.
     *
     * @param databases databases to apply the changelog to
     * @param applied what a database in use has applied already; null if no such database is known
     */
    public ChangelogCheck(Databases databases, @Nullable List<ChangelogStep> applied) {
        this.databases = databases;
        this.applied = applied;
    }

    /** Checks the changelog. */
    public CheckResult run() throws ChangelogFailure {
        databases.use(this::judge);
        databases.use(this::rollBackEach);
        for (var release : releases) {
            databases.use(changelog -> migrate(release, changelog));
        }
        failures.forEach((message, names) -> result.errors()
                .add("A database at " + String.join(" or ", names) + " that has rows cannot be migrated. " + message
                        + " " + Acceptance.hint(Acceptance.DATA)));
        return result;
    }

    private JudgedChangesets select(List<PendingChangeset> changesets) {
        return applied == null
                ? JudgedChangesets.afterLastTag(changesets)
                : JudgedChangesets.notApplied(changesets, applied);
    }

    private void judge(ChangelogRunner changelog) throws ChangelogFailure {
        changelog.pending(); // warns of what is not selected
        var oldRelease = OldRelease.of(changelog, result);
        changelog.inSteps(changesets -> {
            var judged = select(changesets);
            releases.addAll(judged.releases());
            try (var connection = changelog.dataSource().getConnection()) {
                describe(judged, ServerProduct.of(connection));
                var judge = new CostJudge(judged.hasUsers());
                SchemaLint lint = null;
                for (var changeset : changesets) {
                    if (judged.contains(changeset)) {
                        lint = lint == null ? new SchemaLint(connection) : lint;
                        var acceptance = Acceptance.of(changeset.name(), changeset.comment());
                        result.errors().addAll(acceptance.errors());
                        warnOfTag(changeset);
                        judge.apply(changeset, acceptance);
                        for (var finding : lint.findings(judge.statements())) {
                            warn(changeset, acceptance, finding.what(), finding.text());
                        }
                    } else {
                        changeset.apply();
                        lint = null;
                    }
                    if (oldRelease.isPresent()) {
                        oldRelease.get().lookAfter(changeset, connection);
                    }
                }
                oldRelease.ifPresent(release -> release.report(result));
                result.costs().addAll(judge.costs());
                judge.costs().stream().filter(Cost::isTooHigh).forEach(this::refuse);
            }
        });
    }

    private void describe(JudgedChangesets judged, ServerProduct product) {
        if (judged.names().isEmpty() && !judged.hasUsers()) {
            result.notes().add("The changelog has no changesets for this server, so there is nothing to judge.");
        } else if (judged.names().isEmpty()) {
            result.notes().add("No changeset comes after " + judged.since() + ", so there is nothing to judge.");
        } else if (judged.hasUsers()) {
            result.notes().add("The changesets after " + judged.since() + " are judged.");
        } else {
            result.notes()
                    .add("All changesets are judged, as if each table had rows and users from the first: the changelog"
                            + " has no tag. Give each release one (tagDatabase), or name a database that is in use"
                            + " (-Drowan.reference=jdbc:mysql://…), to judge only what comes after it.");
        }
        if (product.isMariaDb()) {
            result.notes()
                    .add("These are the verdicts of " + product
                            + ". MySQL may decide otherwise: for MySQL's, run this on"
                            + " MySQL (-Drowan.server=docker, or jdbc:mysql://…).");
        }
    }

    private void refuse(Cost cost) {
        result.errors()
                .add("The changeset " + cost.changeset() + " blocks writes " + cost.reason() + " (" + cost.statement()
                        + "): until it ends, each insert, update and delete in the table waits. Find a statement that does"
                        + " not, or run it when nobody writes. " + Acceptance.hint(Acceptance.BLOCKS_WRITES));
    }

    private void warnOfTag(PendingChangeset changeset) {
        if (changeset.hasTagInComment()) {
            result.warnings()
                    .add("The changeset " + changeset.name()
                            + ": its line --tagDatabase gives no tag, as Liquibase takes"
                            + " it for a comment in SQL. Tag in a changelog in YAML, which includes this one, and delete"
                            + " the line.");
        }
    }

    private void warn(PendingChangeset changeset, Acceptance acceptance, String what, String text) {
        if (!acceptance.accepts(what)) {
            result.warnings().add("The changeset " + changeset.name() + ": " + text + ". " + Acceptance.hint(what));
        }
    }

    private void rollBackEach(ChangelogRunner changelog) {
        try {
            changelog.inSteps(changesets -> {
                var judged = select(changesets);
                try (var connection = changelog.dataSource().getConnection()) {
                    var check = new RollbackCheck(connection);
                    for (var changeset : changesets) {
                        if (!judged.contains(changeset)) {
                            changeset.apply();
                        } else if (!rollBack(changeset, check)) {
                            return;
                        }
                    }
                }
            });
        } catch (ChangelogFailure e) {
            result.errors()
                    .add("To apply, roll back and apply each changeset fails. "
                            + Databases.withoutNames(e.getMessage()));
        }
    }

    /** Returns whether the check can go on with the next changeset. */
    private boolean rollBack(PendingChangeset changeset, RollbackCheck check) throws Exception {
        var acceptance = Acceptance.of(changeset.name(), changeset.comment());
        if (acceptance.accepts(Acceptance.ROLLBACK)) {
            changeset.apply();
            return true;
        }
        if (!changeset.canRollBack()) {
            warn(
                    changeset,
                    acceptance,
                    Acceptance.ROLLBACK,
                    "it has no rollback. Add one that undoes it: in SQL, after its last line, --rollback and the statement");
            changeset.apply();
            return true;
        }
        var differences = check.differences(changeset);
        if (differences.isEmpty()) {
            return true;
        }
        result.errors()
                .add("The rollback of the changeset " + changeset.name() + " does not undo it: "
                        + String.join(" ", differences)
                        + " Correct it. The rollbacks of the changesets after this one were not tried. "
                        + Acceptance.hint(Acceptance.ROLLBACK));
        return false;
    }

    /** Applies what an earlier release has, writes rows, and applies the rest. */
    private void migrate(Release release, ChangelogRunner changelog) {
        var accepted = new ArrayList<String>();
        try {
            changelog.inSteps(changesets -> {
                for (var changeset : changesets) {
                    if (release.changesets().contains(changeset.name())) {
                        changeset.apply();
                    }
                }
                try (var connection = changelog.dataSource().getConnection()) {
                    new RowFiller(connection)
                            .fill()
                            .forEach(note -> result.notes().add("At " + release.name() + ": " + note));
                }
                for (var changeset : changesets) {
                    if (!release.changesets().contains(changeset.name())) {
                        accepted.clear();
                        accepted.add(Acceptance.of(changeset.name(), changeset.comment())
                                .reason(Acceptance.DATA));
                        changeset.apply();
                    }
                }
            });
        } catch (ChangelogFailure e) {
            if (accepted.stream().allMatch(String::isEmpty)) {
                failures.computeIfAbsent(Databases.withoutNames(e.getMessage()), message -> new ArrayList<>())
                        .add(release.name());
            } else {
                result.notes()
                        .add("A database at " + release.name() + " was migrated no further than to what is accepted: "
                                + accepted.getFirst());
            }
        }
    }
}
