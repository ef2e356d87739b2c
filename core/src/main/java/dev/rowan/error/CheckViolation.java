package dev.rowan.error;

import java.util.Optional;
import org.jooq.Table;
import org.jspecify.annotations.Nullable;

/** A row that a CHECK of its table refuses, or the CHECK OPTION of a view. */
public final class CheckViolation extends ConstraintViolation {

    private final String name;
    private final @Nullable Table<?> table;

    /** Makes the violation of the check with this name; null for a table that is not known. */
    public CheckViolation(String message, String name, @Nullable Table<?> table, @Nullable Throwable cause) {
        super(message, cause);
        this.name = name;
        this.table = table;
    }

    /** Returns the name of the check, as the changelog gave it; of a CHECK OPTION, the view's. */
    public String name() {
        return name;
    }

    /**
     * Returns the table of the check, if it is known: on MySQL, which does not name it, the table that the statement is
     * about.
     */
    public Optional<Table<?>> table() {
        return Optional.ofNullable(table);
    }
}
