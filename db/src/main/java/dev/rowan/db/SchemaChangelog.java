package dev.rowan.db;

import dev.rowan.db.internal.jdbc.ConnectFailure;
import dev.rowan.db.internal.schema.LiveSchema;
import dev.rowan.db.internal.schema.SchemaFailure;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;

/**
 * The first changelog of a database that had none until now: it makes the same tables, views, routines, triggers and
 * events in another database. {@link Migrator#markApplied} then records it in the database that it was read from.
 *
 * <p>It is made of what the server itself shows of each object, without definers, counters of keys, and files.
 *
 * @param sql the changelog, in SQL
 * @param changesets how many changesets it has
 * @param omissions what of the schema it leaves out, and why, a sentence for each; most often none
 */
public record SchemaChangelog(String sql, int changesets, List<String> omissions) {

    /** Copies the list. */
    public SchemaChangelog {
        omissions = List.copyOf(omissions);
    }

    /**
     * Reads the schema of the data source's database and changes nothing.
     *
     * @throws MigrationException if it cannot be read, is empty, or has a changelog already
     */
    public static SchemaChangelog read(DataSource dataSource) {
        try (var connection = ConnectFailure.connect(dataSource)) {
            var schema = LiveSchema.read(connection);
            schema.requireWithoutChangelog();
            return new SchemaChangelog(schema.changelog(), schema.size(), schema.omissions());
        } catch (SchemaFailure e) {
            throw new MigrationException(String.valueOf(e.getMessage()), e);
        } catch (ConnectFailure e) {
            throw MigrationException.of(e);
        } catch (SQLException e) {
            throw new MigrationException(
                    "The schema cannot be read: " + e.getMessage() + " (" + e.getErrorCode()
                            + "). Check that the database is reachable and that its user may read it.",
                    e);
        }
    }
}
