package dev.rowan.db.internal.schema;

/** A schema cannot be written as a changelog. The message is for users: what, why, and the fix. */
public final class SchemaFailure extends Exception {

    private static final long serialVersionUID = 1;

    SchemaFailure(String message) {
        super(message);
    }
}
