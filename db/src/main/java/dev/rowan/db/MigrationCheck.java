package dev.rowan.db;

import dev.rowan.db.internal.check.ChangelogCheck;
import dev.rowan.db.internal.check.CheckResult;
import dev.rowan.db.internal.check.Databases;
import dev.rowan.db.internal.migration.ChangelogFailure;
import java.util.List;
import java.util.function.Function;
import javax.sql.DataSource;

/**
 * What the latest changesets of a changelog would cost a database in use, and what is wrong with them. They are tried
 * on a server that nobody uses, in databases that are made for it and dropped.
 *
 * <pre>{@code
 * try (var server = DatabaseServer.start(ServerOptions.of("docker"))) {
 *     var check = MigrationCheck.of(server, database -> Migrator.of(database, "db/changelog/master.yaml"));
 *     assertEquals(List.of(), check.errors());
 * }
 * }</pre>
 *
 * @param costs what each statement costs, in order
 * @param errors what must not be released: statements that block writes, rollbacks that do not undo, migrations that
 *     fail on a database with rows, and changes that the last release cannot run on, if its {@link ReleaseSchema} is
 *     beside the changelog; a sentence for each
 * @param warnings what is likely to be regretted, a sentence for each
 * @param notes what was judged, by which server, and what was not, a sentence for each
 */
public record MigrationCheck(List<Cost> costs, List<String> errors, List<String> warnings, List<String> notes) {

    /** Copies the lists. */
    public MigrationCheck {
        costs = List.copyOf(costs);
        errors = List.copyOf(errors);
        warnings = List.copyOf(warnings);
        notes = List.copyOf(notes);
    }

    /**
     * What a statement costs.
     *
     * @param changeset the changeset: its author, id and file
     * @param statement how the statement begins, without literals
     * @param reason why, in the words of the server; empty if there is nothing to say
     * @param accepted the reason for which the changeset's comment accepts that it blocks writes; empty if it does not
     */
    public record Cost(String changeset, String statement, Verdict verdict, String reason, String accepted) {}

    /** What a statement costs those who use its table meanwhile. */
    public enum Verdict {
        /** It makes something that nobody uses yet. */
        NEW("new"),
        /** It changes the description of the table only, however many rows there are. */
        INSTANT("instant"),
        /** It works while others read and write. */
        ONLINE("online"),
        /** It writes all rows anew, while others read and write. */
        REBUILD("online, rebuilds the table"),
        /** Nobody writes to the table until it ends. */
        BLOCKS_WRITES("blocks writes"),
        /** The server cannot say. */
        NOT_JUDGED("not judged");

        private final String words;

        Verdict(String words) {
            this.words = words;
        }

        /** Returns it for people. */
        @Override
        public String toString() {
            return words;
        }
    }

    /**
     * Checks the changesets after the last tag of the changelog that some come after; all of them, if it has no tag.
     *
     * @param server the server to try them on; its verdicts are those of its product and version
     * @param changelog applies the changelog to a database
     * @throws MigrationException if the changelog cannot be applied to an empty database
     */
    public static MigrationCheck of(DatabaseServer server, Function<DataSource, Migrator> changelog) {
        try {
            return of(new ChangelogCheck(databases(server, changelog), null).run());
        } catch (ChangelogFailure e) {
            throw MigrationException.of(e);
        }
    }

    /**
     * Checks the changesets that a database in use has not applied.
     *
     * @param server the server to try them on; its verdicts are those of its product and version
     * @param changelog applies the changelog to a database
     * @param reference the database in use, of which the history of its changesets is read
     * @throws MigrationException if the changelog cannot be applied to an empty database, or the history not be read
     */
    public static MigrationCheck of(
            DatabaseServer server, Function<DataSource, Migrator> changelog, DataSource reference) {
        try {
            var applied = changelog.apply(reference).runner().applied();
            return of(new ChangelogCheck(databases(server, changelog), applied).run());
        } catch (ChangelogFailure e) {
            throw MigrationException.of(e);
        }
    }

    private static Databases databases(DatabaseServer server, Function<DataSource, Migrator> changelog) {
        return work -> {
            try (var database = server.temporaryDatabase(Databases.PREFIX)) {
                work.run(changelog.apply(database.dataSource()).runner());
            }
        };
    }

    private static MigrationCheck of(CheckResult result) {
        var costs = result.costs().stream()
                .map(cost -> new Cost(
                        cost.changeset(),
                        cost.statement(),
                        Verdict.valueOf(cost.verdict().name()),
                        cost.reason(),
                        cost.accepted()))
                .toList();
        return new MigrationCheck(costs, result.errors(), result.warnings(), result.notes());
    }
}
