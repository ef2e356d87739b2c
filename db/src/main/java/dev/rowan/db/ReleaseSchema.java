package dev.rowan.db;

import dev.rowan.db.internal.jdbc.ConnectFailure;
import dev.rowan.db.internal.release.ReleasedSchema;
import java.sql.SQLException;
import java.util.function.BiPredicate;
import java.util.function.Predicate;

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
        return of(migrator, table -> true, (table, column) -> true);
    }

    /**
     * Applies a changelog, and describes what of the schema that it makes has classes.
     *
     * @param migrator applies the changelog to a database for this purpose
     * @param tables selects the tables and views that have classes
     * @param columns selects the columns of a table that its class has
     * @throws MigrationException if the changelog cannot be applied, or the schema not be read
     */
    public static ReleaseSchema of(Migrator migrator, Predicate<String> tables, BiPredicate<String, String> columns) {
        migrator.update();
        try (var connection = ConnectFailure.connect(migrator.runner().dataSource())) {
            var schema = ReleasedSchema.read(connection);
            schema.retain(tables, columns);
            return new ReleaseSchema(
                    migrator.runner().releaseFile(),
                    schema.text(),
                    schema.tables().size());
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
