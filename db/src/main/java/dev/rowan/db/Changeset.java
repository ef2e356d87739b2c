package dev.rowan.db;

import java.time.Duration;

/**
 * One step of a changelog, as it was applied, rolled back, or found pending.
 *
 * @param id its id within the file
 * @param author who wrote it
 * @param file the class-path name of the changelog that holds it
 * @param duration how long it ran; zero if it is only pending
 */
public record Changeset(String id, String author, String file, Duration duration) {}
