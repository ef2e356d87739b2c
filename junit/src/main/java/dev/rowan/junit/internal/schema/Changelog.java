package dev.rowan.junit.internal.schema;

import dev.rowan.db.Migrator;
import java.util.List;
import java.util.Map;

/**
 * A changelog and what of it is applied: test classes with the same have one template.
 *
 * @param name its class-path name; empty for an empty schema
 */
public record Changelog(String name, List<String> contexts, String labels, Map<String, String> parameters) {

    /** Copies the collections. */
    public Changelog {
        contexts = List.copyOf(contexts);
        parameters = Map.copyOf(parameters);
    }

    /** Returns a changelog without contexts, labels and parameters. */
    public static Changelog of(String name) {
        return new Changelog(name, List.of(), "", Map.of());
    }

    /** Applies the changelog to a database. */
    void applyTo(String url, String user, String password) {
        if (!name.isEmpty()) {
            Migrator.of(url, user, password, name)
                    .withContexts(contexts.toArray(String[]::new))
                    .withLabels(labels)
                    .withParameters(parameters)
                    .update();
        }
    }
}
