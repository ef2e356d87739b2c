package dev.rowan.db;

import dev.rowan.db.internal.release.ReleasedSchema;
import java.sql.SQLException;

/**
 * What the classes that are generated from a schema rely on: the file that {@link MigrationCheck} looks for beside the
 * changelog, to say whether the last release can run on the schema of later changesets.
 *
 * @param file the class-path name of the file, beside the changelog
 * @param text its text, a line for each table, column and key; the same for the same schema
 * @param tables how many tables and views it describes
 */
public record ReleaseSchema(String file, String text, int tables) {

    /**
     * Applies a changelog, and describes the schema that it makes.
     *
     * @param migrator applies the changelog to a database for this purpose
     * @throws MigrationException if the changelog cannot be applied, or the schema not be read
     */
    public static ReleaseSchema of(Migrator migrator) {
        migrator.update();
        try (var connection = migrator.runner().dataSource().getConnection()) {
            var schema = ReleasedSchema.read(connection);
            return new ReleaseSchema(
                    migrator.runner().releaseFile(),
                    schema.text(),
                    schema.tables().size());
        } catch (SQLException e) {
            throw new MigrationException(
                    "The schema cannot be read: " + e.getMessage() + " (" + e.getErrorCode()
                            + "). Check that the database is reachable and that its user may read it.",
                    e);
        }
    }
}
