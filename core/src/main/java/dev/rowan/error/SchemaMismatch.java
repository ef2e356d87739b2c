package dev.rowan.error;

import java.util.List;

/** A database that is not as Rowan and the generated classes need it. The message lists every difference, with its mend. */
public final class SchemaMismatch extends DatabaseException {

    private final List<String> differences;

    /** Makes the error of a database. */
    public SchemaMismatch(String database, List<String> differences) {
        super(
                "The database " + database + " is not as Rowan and the generated classes need it. Where its tables were"
                        + " changed on purpose, generate the sources again.\n- " + String.join("\n- ", differences),
                null);
        this.differences = List.copyOf(differences);
    }

    /** Returns the differences: of the settings first, then table by table; each says what, where, and the mend. */
    public List<String> differences() {
        return differences;
    }
}
