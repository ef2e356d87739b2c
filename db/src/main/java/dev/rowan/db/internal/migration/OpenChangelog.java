package dev.rowan.db.internal.migration;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import liquibase.RuntimeEnvironment;
import liquibase.Scope;
import liquibase.changelog.ChangeLogHistoryService;
import liquibase.changelog.ChangeLogHistoryServiceFactory;
import liquibase.changelog.ChangeLogIterator;
import liquibase.changelog.ChangeLogParameters;
import liquibase.changelog.ChangeSet;
import liquibase.changelog.DatabaseChangeLog;
import liquibase.changelog.RanChangeSet;
import liquibase.changelog.filter.AlreadyRanChangeSetFilter;
import liquibase.changelog.filter.ChangeSetFilter;
import liquibase.changelog.filter.ChangeSetFilterResult;
import liquibase.changelog.filter.CountChangeSetFilter;
import liquibase.changelog.filter.ShouldRunChangeSetFilter;
import liquibase.changelog.visitor.ListVisitor;
import liquibase.changelog.visitor.RollbackVisitor;
import liquibase.changelog.visitor.UpdateVisitor;
import liquibase.database.Database;
import liquibase.database.jvm.JdbcConnection;
import liquibase.exception.LiquibaseException;
import liquibase.parser.ChangeLogParserFactory;
import liquibase.snapshot.SnapshotGeneratorFactory;
import liquibase.sqlgenerator.SqlGeneratorFactory;

/**
 * A parsed changelog and the database to apply it to.
 *
 * <p>It uses the parts that Liquibase's commands are made of instead of the commands: those send usage data to
 * Liquibase, write to the console, and cache across runs which databases are up to date.
 */
final class OpenChangelog {

    private final String name;
    private final Database database;
    private final DatabaseChangeLog changelog;
    private final ChangesetFilters filters;
    private final Duration lockTimeout;
    private final ChangesetRecorder recorder;

    private OpenChangelog(
            String name,
            Database database,
            DatabaseChangeLog changelog,
            ChangesetFilters filters,
            Duration lockTimeout,
            ChangesetRecorder recorder) {
        this.name = name;
        this.database = database;
        this.changelog = changelog;
        this.filters = filters;
        this.lockTimeout = lockTimeout;
        this.recorder = recorder;
    }

    /** Parses a changelog and every file that it includes. */
    static OpenChangelog read(
            String name,
            ChangelogResources resources,
            Database database,
            ChangesetFilters filters,
            ChangelogOptions options,
            ChangesetRecorder recorder)
            throws LiquibaseException, ChangelogFailure {
        var parameters = new ChangeLogParameters(database);
        filters.applyTo(parameters);
        options.parameters().forEach(parameters::set);
        var file = ChangelogResources.normalized(name);
        if (!resources.exists(file)) {
            throw new ChangelogFailure(
                    "There is no changelog " + file + " on the class path. Name it as the class path has it: "
                            + "db/changelog/master.yaml for src/main/resources/db/changelog/master.yaml.",
                    null);
        }
        try {
            var parser = ChangeLogParserFactory.getInstance().getParser(file, resources);
            var changelog = parser.parse(file, parameters, resources);
            SqlChangelogCheck.check(resources.sqlFiles());
            return new OpenChangelog(name, database, changelog, filters, options.lockTimeout(), recorder);
        } catch (LiquibaseException e) {
            SqlChangelogCheck.check(resources.sqlFiles()); // it explains more, if the cause is in one of them
            throw e;
        }
    }

    /** Returns the changesets that {@link #update()} would apply, in order, each with its statements. */
    List<ChangelogStep> pending() throws LiquibaseException, ChangelogFailure {
        var pending = new ArrayList<ChangelogStep>();
        for (var changeset : unapplied()) {
            pending.add(ChangelogStep.pending(changeset, statements(changeset)));
        }
        return pending;
    }

    private List<String> statements(ChangeSet changeset) throws LiquibaseException {
        var statements = new ArrayList<String>();
        for (var change : changeset.getChanges()) {
            if (change.generateStatementsVolatile(database)) {
                statements.add("-- " + change.getSerializedObjectName() + ": depends on the database");
                continue;
            }
            for (var sql : SqlGeneratorFactory.getInstance().generateSql(change, database)) {
                statements.add(sql.toSql());
            }
        }
        return statements;
    }

    private List<ChangeSet> unapplied() throws LiquibaseException, ChangelogFailure {
        var selected = selected();
        filters.reportSkipped(changelog, new ShouldRunChangeSetFilter(database));
        return selected;
    }

    /** Returns the changesets that an update would apply. */
    private List<ChangeSet> selected() throws LiquibaseException, ChangelogFailure {
        validate();
        var shouldRun = new ShouldRunChangeSetFilter(database);
        var visitor = new ListVisitor();
        new ChangeLogIterator(changelog, filters.forUpdate(shouldRun)).run(visitor, environment());
        for (var changeset : visitor.getSeenChangeSets()) {
            ChangesetCheck.check(changeset);
        }
        return visitor.getSeenChangeSets();
    }

    /** Returns the changesets that the database's history names, in order. It may have some of other changelogs too. */
    List<ChangelogStep> applied() throws LiquibaseException {
        return database.getRanChangeSetList().stream()
                .filter(ran -> changelog.getChangeSets().stream().anyMatch(ran::isSameAs))
                .map(ran ->
                        new ChangelogStep(ran.getId(), ran.getAuthor(), ran.getChangeLog(), Duration.ZERO, List.of()))
                .toList();
    }

    List<ChangelogStep> update() throws Exception {
        if (unapplied().isEmpty()) {
            return List.of();
        }
        return locked(() -> {
            var shouldRun = new ShouldRunChangeSetFilter(database);
            new ChangeLogIterator(changelog, filters.forUpdate(shouldRun))
                    .run(new UpdateVisitor(database, recorder, shouldRun), environment());
        });
    }

    /** Runs work that applies the changesets of {@link #pending()} one by one. */
    List<ChangelogStep> inSteps(StepwiseWork work) throws Exception {
        var connection = (JdbcConnection) database.getConnection();
        var statements = new ChangesetStatements(recorder);
        database.setConnection(new JdbcConnection(statements.of(connection.getUnderlyingConnection())));
        var steps = selected().stream()
                .map(changeset -> new PendingChangeset(changeset, changelog, database, filters, recorder, statements))
                .toList();
        return locked(() -> work.run(steps));
    }

    List<ChangelogStep> markApplied() throws Exception {
        if (unapplied().isEmpty()) {
            return List.of();
        }
        return locked(() -> new ChangeLogIterator(changelog, filters.forUpdate(new ShouldRunChangeSetFilter(database)))
                .run(new MarkingVisitor(database, recorder), environment()));
    }

    List<ChangelogStep> rollback(int count) throws Exception {
        return rollback(ran -> new CountChangeSetFilter(count));
    }

    List<ChangelogStep> rollbackTo(String tag) throws Exception {
        if (!SnapshotGeneratorFactory.getInstance().hasDatabaseChangeLogTable(database)
                || !history().tagExists(tag)) {
            throw new ChangelogFailure(
                    "No changeset of this database has the tag " + tag
                            + ", so nothing was rolled back. Tags are given by"
                            + " tagDatabase in a changelog, and by Migrator.tag.",
                    null);
        }
        return rollback(ran -> after(tag, ran));
    }

    /** Selects what ran after the latest changeset with a tag. Liquibase's own filter takes one that gives it, too. */
    private static ChangeSetFilter after(String tag, List<RanChangeSet> ran) {
        var first = ran.size();
        while (first > 0 && !tag.equalsIgnoreCase(ran.get(first - 1).getTag())) {
            first--;
        }
        var later = first == 0 ? List.<RanChangeSet>of() : List.copyOf(ran.subList(first, ran.size()));
        return changeset -> new ChangeSetFilterResult(
                later.stream().anyMatch(one -> one.isSameAs(changeset)), "Before the tag", ChangeSetFilter.class);
    }

    private List<ChangelogStep> rollback(Selection selection) throws Exception {
        return locked(() -> {
            var ran = database.getRanChangeSetList();
            var selected = filters.forRollback(new AlreadyRanChangeSetFilter(ran));
            selected.add(selection.of(ran)); // last, because it may count what the other filters accept
            new ChangeLogIterator(ran, changelog, selected)
                    .run(new RollbackVisitor(database, recorder, new ArrayList<>()), environment());
        });
    }

    void tag(String tag) throws Exception {
        locked(() -> history().tag(tag));
    }

    private ChangeLogHistoryService history() {
        return Scope.getCurrentScope()
                .getSingleton(ChangeLogHistoryServiceFactory.class)
                .getChangeLogService(database);
    }

    /** Runs a step while no other process migrates this database. Liquibase's own tables exist when the step begins. */
    private List<ChangelogStep> locked(Step step) throws Exception {
        var lock = MigrationLock.acquire(database, lockTimeout);
        recorder.lock(lock);
        try {
            HistoryTable.create(database);
            validate();
            step.run();
        } finally {
            lock.release();
        }
        return recorder.finished();
    }

    private void validate() throws LiquibaseException, ChangelogFailure {
        ChangelogValidation.validate(name, changelog, filters.forUpdate(), environment());
    }

    private RuntimeEnvironment environment() {
        return new RuntimeEnvironment(database, filters.contexts(), filters.labels());
    }

    @FunctionalInterface
    private interface Selection {
        ChangeSetFilter of(List<RanChangeSet> ran) throws LiquibaseException;
    }

    @FunctionalInterface
    private interface Step {
        void run() throws Exception;
    }
}
