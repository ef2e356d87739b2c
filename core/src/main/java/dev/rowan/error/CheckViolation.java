package dev.rowan.error;

import java.util.Optional;
import org.jooq.Table;
import org.jspecify.annotations.Nullable;

/** Thrown when a row violates a CHECK constraint of its table, or the CHECK OPTION of a view. */
public final class CheckViolation extends ConstraintViolation {

    private final String name;
    private final @Nullable Table<?> table;

    /** Creates the violation of a check constraint; null for a table that is not known. */
    public CheckViolation(String message, String name, @Nullable Table<?> table, @Nullable Throwable cause) {
        super(message, cause);
        this.name = name;
        this.table = table;
    }

    /** Returns the name of the check constraint; for a CHECK OPTION, the name of the view. */
    public String name() {
        return name;
    }

    /**
     * Returns the table of the check constraint; empty if it is not known. MySQL does not report it: there it is the
     * table of the statement.
     */
    public Optional<Table<?>> table() {
        return Optional.ofNullable(table);
    }
}
