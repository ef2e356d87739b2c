package dev.rowan.db.internal.migration;

import java.util.ArrayList;
import java.util.List;
import liquibase.RuntimeEnvironment;
import liquibase.changelog.ChangeLogIterator;
import liquibase.changelog.DatabaseChangeLog;
import liquibase.changelog.filter.ChangeSetFilter;
import liquibase.changelog.visitor.ValidatingVisitor;
import liquibase.exception.LiquibaseException;

/**
 * Checks a changelog as Liquibase does, and says what is wrong. Liquibase's own exception has one text for all, and
 * that contains what preconditions have read from the database.
 */
final class ChangelogValidation {

    private final ValidatingVisitor result;

    private ChangelogValidation(ValidatingVisitor result) {
        this.result = result;
    }

    /** Checks the changesets that the filters accept. */
    static void validate(
            String name, DatabaseChangeLog changelog, List<ChangeSetFilter> filters, RuntimeEnvironment environment)
            throws LiquibaseException, ChangelogFailure {
        var database = environment.getTargetDatabase();
        database.setObjectQuotingStrategy(changelog.getObjectQuotingStrategy());
        var visitor = new ValidatingVisitor(database.getRanChangeSetList());
        visitor.validate(database, changelog);
        new ChangeLogIterator(changelog, filters).run(visitor, environment);
        if (!visitor.validationPassed()) {
            throw new ChangelogFailure(
                    "The changelog " + name + " failed. " + new ChangelogValidation(visitor).reasons(), null);
        }
    }

    private String reasons() {
        var reasons = new ArrayList<String>();
        if (!result.getInvalidMD5Sums().isEmpty()) {
            reasons.add("Changesets were edited after they were applied to this database: "
                    + String.join("; ", result.getInvalidMD5Sums())
                    + ". Revert the edit, and write the change as a new changeset.");
        }
        if (!result.getDuplicateChangeSets().isEmpty()) {
            var names = result.getDuplicateChangeSets().stream()
                    .map(ChangesetText::name)
                    .toList();
            reasons.add("It has more than one changeset " + String.join("; ", names)
                    + ". Give each changeset of a file an id of its own.");
        }
        if (!result.getFailedPreconditions().isEmpty()
                || !result.getErrorPreconditions().isEmpty()) {
            reasons.add("A precondition of the changelog is not met.");
        }
        result.getValidationErrors()
                .getErrorMessages()
                .forEach(error -> reasons.add(LiquibaseExceptionTranslator.sentence(error)));
        result.getSetupExceptions().forEach(error -> reasons.add(LiquibaseExceptionTranslator.sentence(error)));
        result.getChangeValidationExceptions()
                .forEach(error -> reasons.add(LiquibaseExceptionTranslator.sentence(error)));
        return String.join(" ", reasons);
    }
}
