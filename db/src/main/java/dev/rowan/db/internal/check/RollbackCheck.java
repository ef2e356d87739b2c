package dev.rowan.db.internal.check;

import dev.rowan.db.internal.migration.PendingChangeset;
import dev.rowan.db.internal.schema.ComparedSides;
import dev.rowan.db.internal.schema.LiveSchema;
import dev.rowan.db.internal.schema.SchemaComparison;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** Applies a changeset, rolls it back, and applies it again: the schema must be the same as before, and as after. */
final class RollbackCheck {

    private static final ComparedSides ROLLED_BACK =
            new ComparedSides("the schema before it", "the schema after its rollback");

    private static final ComparedSides APPLIED_AGAIN =
            new ComparedSides("the schema after it", "the schema after its rollback and a second run");

    private final Connection connection;

    RollbackCheck(Connection connection) {
        this.connection = connection;
    }

    /** Returns how the schemas differ, a sentence for each difference; only if there is none, it stays applied. */
    List<String> differences(PendingChangeset changeset) throws Exception {
        var before = LiveSchema.read(connection);
        var collation = collation();
        changeset.apply();
        var applied = LiveSchema.read(connection);
        changeset.rollBack();
        if (!collation.equals(collation())) {
            return List.of("The database had the collation " + collation + " and has " + collation()
                    + ", which new tables take over.");
        }
        var lost = new SchemaComparison(before, LiveSchema.read(connection), ROLLED_BACK).differences();
        if (!lost.isEmpty()) {
            return lost;
        }
        changeset.apply();
        return new SchemaComparison(applied, LiveSchema.read(connection), APPLIED_AGAIN).differences();
    }

    /** Returns the collation that new tables get. */
    private String collation() throws SQLException {
        var sql = "SELECT DEFAULT_COLLATION_NAME FROM information_schema.SCHEMATA WHERE SCHEMA_NAME = DATABASE()";
        return String.valueOf(ServerQuery.rows(connection, sql).getFirst().getFirst());
    }
}
