package dev.rowan.db.internal.migration;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * How to run a changelog.
 *
 * @param lockTimeout how long to wait for a table, a row, or another migration; in whole seconds
 * @param contexts the contexts of this database; empty to run nothing that belongs to a context
 * @param labels the expression that the labels of changesets must match; empty to run them whatever their labels
 * @param parameters the values of changelog parameters by their names
 */
public record ChangelogOptions(
        Duration lockTimeout, List<String> contexts, String labels, Map<String, String> parameters) {

    /** Copies the collections. */
    public ChangelogOptions {
        contexts = List.copyOf(contexts);
        parameters = Map.copyOf(parameters);
    }

    /** Returns options with this lock timeout, and nothing else. */
    public static ChangelogOptions of(Duration lockTimeout) {
        return new ChangelogOptions(lockTimeout, List.of(), "", Map.of());
    }

    /** Returns these options with another lock timeout. */
    public ChangelogOptions withLockTimeout(Duration timeout) {
        return new ChangelogOptions(timeout, contexts, labels, parameters);
    }

    /** Returns these options with other contexts. */
    public ChangelogOptions withContexts(List<String> names) {
        return new ChangelogOptions(lockTimeout, names, labels, parameters);
    }

    /** Returns these options with another expression for labels. */
    public ChangelogOptions withLabels(String expression) {
        return new ChangelogOptions(lockTimeout, contexts, expression, parameters);
    }

    /** Returns these options with other parameters. */
    public ChangelogOptions withParameters(Map<String, String> values) {
        return new ChangelogOptions(lockTimeout, contexts, labels, values);
    }

    /** Shows no values of parameters, because they may be secret. */
    @Override
    public String toString() {
        return "ChangelogOptions[lockTimeout=" + lockTimeout + ", contexts=" + contexts + ", labels=" + labels
                + ", parameters=" + parameters.keySet() + "]";
    }
}
