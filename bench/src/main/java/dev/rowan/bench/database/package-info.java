/**
 * The database under test: the MySQL server, its durability setting, how to connect to it, and the rows in it.
 *
 * <p>Uses rowan-db only, no other package of the benchmarks. Start at {@link dev.rowan.bench.database.Dataset}: every
 * contestant works on its rows.
 */
@NullMarked
package dev.rowan.bench.database;

import org.jspecify.annotations.NullMarked;
