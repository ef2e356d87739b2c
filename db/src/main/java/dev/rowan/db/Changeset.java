package dev.rowan.db;

import java.time.Duration;

/**
 * One step of a changelog that was applied, rolled back, or found pending.
 *
 * @param id its id within the file
 * @param author its author, as the changelog names them
 * @param file the class-path name of the changelog file that contains it
 * @param duration how long it ran; zero if it is pending
 */
public record Changeset(String id, String author, String file, Duration duration) {}
