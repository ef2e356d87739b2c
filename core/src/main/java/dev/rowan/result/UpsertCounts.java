package dev.rowan.result;

/**
 * The result of an upsert of many rows. The counts add up to the number of records: two records with the same key count
 * twice. Immutable.
 *
 * @param inserted the number of records whose row was inserted
 * @param updated the number of records whose row existed, and was changed
 * @param unchanged the number of records whose row existed, and already had the values of the record
 */
public record UpsertCounts(long inserted, long updated, long unchanged) {}
