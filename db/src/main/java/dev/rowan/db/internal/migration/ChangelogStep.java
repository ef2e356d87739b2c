package dev.rowan.db.internal.migration;

import java.time.Duration;
import liquibase.changelog.ChangeSet;

/** A changeset that was applied, rolled back, or found pending; the duration is zero if it is pending. */
public record ChangelogStep(String id, String author, String file, Duration duration) {

    static ChangelogStep of(ChangeSet changeSet, Duration duration) {
        return new ChangelogStep(changeSet.getId(), changeSet.getAuthor(), changeSet.getFilePath(), duration);
    }
}
