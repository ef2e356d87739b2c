package dev.rowan.db.internal.migration;

import dev.rowan.db.internal.sql.SqlScanner;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import liquibase.RuntimeEnvironment;
import liquibase.change.core.TagDatabaseChange;
import liquibase.changelog.ChangeLogIterator;
import liquibase.changelog.ChangeSet;
import liquibase.changelog.DatabaseChangeLog;
import liquibase.changelog.filter.ChangeSetFilter;
import liquibase.changelog.filter.ChangeSetFilterResult;
import liquibase.changelog.visitor.ChangeSetVisitor;
import liquibase.changelog.visitor.RollbackVisitor;
import liquibase.changelog.visitor.UpdateVisitor;
import liquibase.database.Database;
import liquibase.exception.LiquibaseException;

/** A changeset that is applied, and perhaps rolled back, apart from the others of its changelog. */
public final class PendingChangeset {

    private static final Pattern TAG = Pattern.compile("--\\s*tag_?Database\\b", Pattern.CASE_INSENSITIVE);

    private final ChangeSet changeset;
    private final DatabaseChangeLog changelog;
    private final Database database;
    private final ChangesetFilters filters;
    private final ChangesetRecorder recorder;
    private final ChangesetStatements statements;

    PendingChangeset(
            ChangeSet changeset,
            DatabaseChangeLog changelog,
            Database database,
            ChangesetFilters filters,
            ChangesetRecorder recorder,
            ChangesetStatements statements) {
        this.changeset = changeset;
        this.changelog = changelog;
        this.database = database;
        this.filters = filters;
        this.recorder = recorder;
        this.statements = statements;
    }

    /** Returns its id, author and file. */
    public ChangelogStep step() {
        return ChangelogStep.pending(changeset, List.of());
    }

    /** Returns how people call it. */
    public String name() {
        return ChangesetText.name(changeset);
    }

    /** Returns what its author has written about it; empty if that is nothing. */
    public String comment() {
        return changeset.getComments() == null ? "" : changeset.getComments();
    }

    /** Returns the tag that it gives to the database. */
    public Optional<String> tag() {
        return changeset.getChanges().stream()
                .filter(TagDatabaseChange.class::isInstance)
                .map(change -> ((TagDatabaseChange) change).getTag())
                .findFirst();
    }

    /** Returns whether it does nothing but give a tag. */
    public boolean isTagOnly() {
        return tag().isPresent() && changeset.getChanges().stream().allMatch(TagDatabaseChange.class::isInstance);
    }

    /** Returns whether its SQL has a line that is meant to give a tag, and is a comment. */
    public boolean hasTagInComment() {
        return changeset.getChanges().stream()
                .flatMap(change -> ChangesetText.of(changeset, change).stream())
                .flatMap(text -> SqlScanner.parts(text.sql()).stream())
                .anyMatch(part -> part.kind() == SqlScanner.Kind.COMMENT
                        && TAG.matcher(part.text()).lookingAt());
    }

    /** Returns whether it says how to roll it back, or Liquibase knows. */
    public boolean canRollBack() {
        return changeset.supportsRollback(database);
    }

    /** Applies it. */
    public void apply() throws Exception {
        apply(Statement::execute);
    }

    /** Applies it, with its statements run by this. */
    public void apply(StatementRunner runner) throws Exception {
        statements.runBy(runner);
        try {
            visit(new UpdateVisitor(database, recorder, null), filters.forUpdate(only()));
        } finally {
            statements.runBy(Statement::execute);
        }
    }

    /** Rolls it back. */
    public void rollBack() throws Exception {
        visit(new RollbackVisitor(database, recorder, new ArrayList<>()), filters.forRollback(only()));
    }

    private void visit(ChangeSetVisitor visitor, List<ChangeSetFilter> selected) throws LiquibaseException {
        new ChangeLogIterator(changelog, selected)
                .run(visitor, new RuntimeEnvironment(database, filters.contexts(), filters.labels()));
    }

    private ChangeSetFilter only() {
        return other -> new ChangeSetFilterResult(other.equals(changeset), "Another changeset", ChangeSetFilter.class);
    }
}
