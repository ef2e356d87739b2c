package dev.rowan.db.internal.migration;

import dev.rowan.db.internal.jdbc.ServerProduct;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import liquibase.Contexts;
import liquibase.LabelExpression;
import liquibase.changelog.ChangeLogParameters;
import liquibase.changelog.ChangeSet;
import liquibase.changelog.DatabaseChangeLog;
import liquibase.changelog.filter.ChangeSetFilter;
import liquibase.changelog.filter.ChangeSetFilterResult;
import liquibase.changelog.filter.ContextChangeSetFilter;
import liquibase.changelog.filter.DbmsChangeSetFilter;
import liquibase.changelog.filter.IgnoreChangeSetFilter;
import liquibase.changelog.filter.LabelChangeSetFilter;
import liquibase.database.Database;
import liquibase.database.DatabaseFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Selects the changesets that run on a database: by contexts, labels and product.
 *
 * <p>Liquibase runs the changesets of every context if it is given none, so that test data would get into a database
 * whose migration names no context. Here nothing of a context runs then.
 */
final class ChangesetFilters {

    private static final Logger LOG = LoggerFactory.getLogger(ChangesetFilters.class);

    /** In place of no context: for Liquibase, an empty list means every context. No changelog can name this one. */
    private static final Contexts NONE = new Contexts(":none");

    /** How many changesets a message names. */
    private static final int NAMED = 5;

    private final Database database;
    private final ServerProduct product;
    private final boolean hasContexts;
    private final Contexts contexts;
    private final LabelExpression labels;

    ChangesetFilters(Database database, ServerProduct product, ChangelogOptions options) {
        this.database = database;
        this.product = product;
        this.hasContexts = !options.contexts().isEmpty();
        this.contexts = hasContexts ? new Contexts(options.contexts()) : NONE;
        this.labels = new LabelExpression(options.labels());
    }

    Contexts contexts() {
        return contexts;
    }

    LabelExpression labels() {
        return labels;
    }

    /** Selects changelog parameters as it selects changesets. */
    void applyTo(ChangeLogParameters parameters) {
        parameters.setContexts(contexts);
        parameters.setLabels(labels);
    }

    /** Returns the filters of an update, after these. */
    List<ChangeSetFilter> forUpdate(ChangeSetFilter... first) {
        return filters(contextFilter(), first);
    }

    /** Returns the filters of a rollback, after these: what was applied is rolled back, unless contexts are given. */
    List<ChangeSetFilter> forRollback(ChangeSetFilter... first) {
        return filters(new ContextChangeSetFilter(hasContexts ? contexts : new Contexts()), first);
    }

    /** Logs which changesets do not run though somebody may expect them to. */
    void reportSkipped(DatabaseChangeLog changelog, ChangeSetFilter notYetApplied) {
        var ofContexts = new ArrayList<ChangeSet>();
        var ofProducts = new ArrayList<ChangeSet>();
        var ofUnknown = new ArrayList<ChangeSet>();
        var dbms = new DbmsChangeSetFilter(database);
        for (var changeset : changelog.getChangeSets()) {
            if (!notYetApplied.accepts(changeset).isAccepted()) {
                continue;
            }
            if (!hasContexts && hasContext(changeset)) {
                ofContexts.add(changeset);
            } else if (!dbms.accepts(changeset).isAccepted()) {
                if (product.isMariaDb() && names(changeset, Set.of("mysql", "mariadb"))) {
                    ofProducts.add(changeset);
                } else if (!names(changeset, known())) {
                    ofUnknown.add(changeset);
                }
            }
        }
        warn(
                ofContexts,
                "this migration names no contexts",
                "Name the contexts of this database (Migrator.withContexts; <contexts> of the Maven plugin), even if it"
                        + " has only changesets without a context: any name ends this warning.");
        warn(
                ofProducts,
                product.standsInForMysql()
                        ? "the server is a MariaDB that stands in for MySQL"
                        : "the server is MariaDB",
                "Their attribute dbms selects another product.");
        warn(ofUnknown, "Liquibase knows no product that their attribute dbms names", "Check it for a typo.");
    }

    private static void warn(List<ChangeSet> skipped, String reason, String fix) {
        if (!skipped.isEmpty()) {
            LOG.warn("Not applied, because {}: {}. {}", reason, names(skipped), fix);
        }
    }

    private List<ChangeSetFilter> filters(ChangeSetFilter ofContexts, ChangeSetFilter... first) {
        var filters = new ArrayList<>(List.of(first));
        filters.add(ofContexts);
        filters.add(new LabelChangeSetFilter(labels));
        filters.add(new DbmsChangeSetFilter(database));
        filters.add(new IgnoreChangeSetFilter());
        return filters;
    }

    private ChangeSetFilter contextFilter() {
        var filter = new ContextChangeSetFilter(contexts);
        if (hasContexts) {
            return filter;
        }
        return new ContextChangeSetFilter(contexts) {
            @Override
            public ChangeSetFilterResult accepts(ChangeSet changeset) {
                // an expression such as !prod matches if no context is given
                return hasContext(changeset)
                        ? new ChangeSetFilterResult(
                                false, "No contexts are given", getClass(), getMdcName(), getDisplayName())
                        : super.accepts(changeset);
            }
        };
    }

    private static boolean hasContext(ChangeSet changeset) {
        return changeset.buildFullContext() != null;
    }

    /** Returns whether the changeset's attribute dbms names one of these products. */
    private static boolean names(ChangeSet changeset, Set<String> products) {
        return changeset.getDbmsSet().stream()
                .map(name -> name.replaceFirst("^!", ""))
                .anyMatch(products::contains);
    }

    /** Returns what the attribute dbms may name. */
    private static Set<String> known() {
        var known = DatabaseFactory.getInstance().getImplementedDatabases().stream()
                .map(Database::getShortName)
                .collect(Collectors.toSet());
        known.addAll(Set.of("all", "none"));
        return known;
    }

    private static String names(List<ChangeSet> changesets) {
        var named = changesets.stream()
                .limit(NAMED)
                .map(changeset -> ChangesetText.name(changeset)
                        + (hasContext(changeset) ? " (context " + changeset.buildFullContext() + ")" : ""))
                .collect(Collectors.joining(", "));
        var more = changesets.size() - NAMED;
        return more > 0 ? named + " and " + more + " more" : named;
    }
}
