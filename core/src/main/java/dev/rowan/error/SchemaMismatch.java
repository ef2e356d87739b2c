package dev.rowan.error;

import java.util.List;

/**
 * Thrown when a database does not match the generated classes, or lacks settings that Rowan needs. The message lists
 * every difference, each with its fix.
 */
public final class SchemaMismatch extends DatabaseException {

    private final List<String> differences;

    /** Creates the error of a database and its differences. */
    public SchemaMismatch(String database, List<String> differences) {
        super(
                "The database " + database + " does not match what Rowan and the generated classes expect. If its"
                        + " tables were changed on purpose, write the change as a changeset (mvn rowan:diff does) and"
                        + " generate the sources again.\n- " + String.join("\n- ", differences),
                null);
        this.differences = List.copyOf(differences);
    }

    /**
     * Returns the differences: first those of the settings, then those of each table. Each names its place and its
     * fix.
     */
    public List<String> differences() {
        return differences;
    }
}
