package dev.rowan.db;

import dev.rowan.db.internal.migration.ChangelogStep;
import java.time.Duration;
import java.util.List;

/**
 * One step of a changelog that was applied, rolled back, or found pending.
 *
 * @param id its id within the file
 * @param author its author, as the changelog names them
 * @param file the class-path name of the changelog file that contains it
 * @param duration how long it ran; zero if it is pending, or was applied before
 * @param statements the SQL that it would run, if {@link Migrator#pending} found it; else empty. A comment stands for a
 *     change whose statements depend on what the changesets before it do. The SQL has values of changelog parameters.
 */
public record Changeset(String id, String author, String file, Duration duration, List<String> statements) {

    /** Copies the statements. */
    public Changeset {
        statements = List.copyOf(statements);
    }

    static Changeset of(ChangelogStep step) {
        return new Changeset(step.id(), step.author(), step.file(), step.duration(), step.statements());
    }

    /** Shows no statements, because they may contain secrets. */
    @Override
    public String toString() {
        return "Changeset[id=" + id + ", author=" + author + ", file=" + file + ", duration=" + duration + "]";
    }
}
