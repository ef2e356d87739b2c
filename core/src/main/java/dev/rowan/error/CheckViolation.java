package dev.rowan.error;

import org.jspecify.annotations.Nullable;

/** A row that a CHECK of its table refuses. */
public final class CheckViolation extends ConstraintViolation {

    private final String name;

    /** Makes the violation of the check with this name. */
    public CheckViolation(String message, String name, @Nullable Throwable cause) {
        super(message, cause);
        this.name = name;
    }

    /** Returns the name of the check, as the changelog gave it. */
    public String name() {
        return name;
    }
}
