package dev.rowan.db;

import dev.rowan.db.internal.jdbc.ConnectFailure;
import dev.rowan.db.internal.jdbc.ServerProduct;
import dev.rowan.db.internal.schema.LiveSchema;
import dev.rowan.db.internal.schema.SchemaComparison;
import dev.rowan.db.internal.schema.SchemaFailure;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/**
 * How the schema of a database differs from the one that its changelog makes: somebody has changed it by hand, or has
 * not applied a changeset.
 *
 * <p>Both are compared by what the server shows of them, so both servers are of one product. A user that may only read
 * suffices.
 *
 * @param differences a sentence for each difference; empty if there is none
 * @param sql a changelog, in SQL, that makes the schema of the database from the other one: to start from. What would
 *     lose data is a comment in it.
 * @param notes what was not compared, and what else to know of the comparison, a sentence for each; most often none
 */
public record SchemaDiff(List<String> differences, String sql, List<String> notes) {

    /** Copies the lists. */
    public SchemaDiff {
        differences = List.copyOf(differences);
        notes = List.copyOf(notes);
    }

    /**
     * Compares the schemas of two databases and changes nothing.
     *
     * @param changelog a database that the changelog has made
     * @param database the database to look at
     * @throws MigrationException if one of them cannot be read, or only one server is MySQL
     */
    public static SchemaDiff between(DataSource changelog, DataSource database) {
        try (var first = ConnectFailure.connect(changelog);
                var second = ConnectFailure.connect(database)) {
            var notes = new ArrayList<String>();
            compare(ServerProduct.of(first), ServerProduct.of(second), notes);
            var live = LiveSchema.read(second);
            live.omissions().forEach(omission -> notes.add("Not compared is " + omission));
            var comparison = new SchemaComparison(LiveSchema.read(first), live);
            return new SchemaDiff(comparison.differences(), comparison.changelog(), notes);
        } catch (SchemaFailure e) {
            throw new MigrationException(String.valueOf(e.getMessage()), e);
        } catch (ConnectFailure e) {
            throw MigrationException.of(e);
        } catch (SQLException e) {
            throw new MigrationException(
                    "The schemas cannot be compared: " + e.getMessage() + " (" + e.getErrorCode()
                            + "). Check that both databases are reachable and that their users may read them"
                            + " (SELECT, SHOW VIEW).",
                    e);
        }
    }

    /**
     * Returns which server to start for the changelog of a database: {@code docker} for MySQL, and {@code embedded} for
     * a MariaDB that Rowan has started in place of one.
     *
     * @throws MigrationException if the database is on another MariaDB: the embedded one would leave out what is for
     *     MariaDB only
     */
    public static String serverFor(DataSource database) {
        try (var connection = ConnectFailure.connect(database)) {
            var product = ServerProduct.of(connection);
            if (product.isMariaDb() && !product.standsInForMysql()) {
                throw new MigrationException(
                        "The database is on " + product + ", and there is no server to apply its changelog to. Name a"
                                + " database for it on such a server, in which the user may create tables:"
                                + " -Drowan.reference=jdbc:mysql://…",
                        null);
            }
            return product.isMariaDb() ? "embedded" : "docker";
        } catch (ConnectFailure e) {
            throw MigrationException.of(e);
        } catch (SQLException e) {
            throw new MigrationException(
                    "The product of the server cannot be read: " + e.getMessage() + " (" + e.getErrorCode() + ").", e);
        }
    }

    private static void compare(ServerProduct changelog, ServerProduct database, List<String> notes) {
        if (!changelog.name().equals(database.name())) {
            throw new MigrationException(
                    "The database is on " + database + ", and the changelog was applied to " + changelog
                            + ": they show the same table in different words. Apply the changelog to a server of the same"
                            + " product.",
                    null);
        }
        if (!changelog.version().equals(database.version())) {
            notes.add("The database is on " + database + ", and the changelog was applied to " + changelog
                    + ": what these show in different words counts as a difference.");
        }
    }
}
