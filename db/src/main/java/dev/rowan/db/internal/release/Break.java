package dev.rowan.db.internal.release;

/**
 * Something in a later schema with which the classes of a release do not work.
 *
 * @param isSilent whether these go on without an error, and read or write something else
 * @param what what has changed, with the names of the table and the column
 * @param why what happens to the release, a sentence
 * @param steps how to get there without a break, sentences
 */
public record Break(boolean isSilent, String what, String why, String steps) {}
