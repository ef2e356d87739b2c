package dev.rowan.db.internal.migration;

import java.time.Duration;
import java.util.List;
import liquibase.changelog.ChangeSet;

/**
 * A changeset that was applied, rolled back, or found.
 *
 * @param duration how long it ran; zero if it was found
 * @param statements what it would run, if it is pending
 */
public record ChangelogStep(String id, String author, String file, Duration duration, List<String> statements) {

    static ChangelogStep of(ChangeSet changeSet, Duration duration) {
        return new ChangelogStep(
                changeSet.getId(), changeSet.getAuthor(), changeSet.getFilePath(), duration, List.of());
    }

    static ChangelogStep pending(ChangeSet changeSet, List<String> statements) {
        return new ChangelogStep(
                changeSet.getId(), changeSet.getAuthor(), changeSet.getFilePath(), Duration.ZERO, statements);
    }
}
