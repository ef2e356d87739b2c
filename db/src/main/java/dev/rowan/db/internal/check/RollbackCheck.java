package dev.rowan.db.internal.check;

import dev.rowan.db.internal.migration.PendingChangeset;
import dev.rowan.db.internal.schema.ComparedSides;
import dev.rowan.db.internal.schema.LiveSchema;
import dev.rowan.db.internal.schema.SchemaComparison;
import java.sql.Connection;
import java.util.List;

/** Applies a changeset, rolls it back, and applies it again: the schema must be the same as before, and as after. */
final class RollbackCheck {

    private static final ComparedSides ROLLED_BACK =
            new ComparedSides("the schema before it", "the schema after its rollback");

    private static final ComparedSides APPLIED_AGAIN =
            new ComparedSides("the schema after it", "the schema after its rollback and a second run");

    private final Connection connection;
    private LiveSchema schema;

    RollbackCheck(Connection connection) throws Exception {
        this.connection = connection;
        this.schema = LiveSchema.read(connection);
    }

    /** Returns how the schemas differ, a sentence for each difference. */
    List<String> differences(PendingChangeset changeset) throws Exception {
        var before = schema;
        changeset.apply();
        var applied = LiveSchema.read(connection);
        changeset.rollBack();
        var lost = new SchemaComparison(before, LiveSchema.read(connection), ROLLED_BACK).differences();
        if (!lost.isEmpty()) {
            return lost;
        }
        changeset.apply();
        schema = LiveSchema.read(connection);
        return new SchemaComparison(applied, schema, APPLIED_AGAIN).differences();
    }

    /** Applies a changeset, which cannot be rolled back. */
    void apply(PendingChangeset changeset) throws Exception {
        changeset.apply();
        schema = LiveSchema.read(connection);
    }
}
