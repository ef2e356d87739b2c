/**
 * Adapters of libraries that take hand-written SQL: plain JDBC, Spring's JdbcClient, Jdbi and MyBatis.
 *
 * <p>Uses {@code adapter} and {@code database}. Start at {@link dev.rowan.bench.adapter.sql.RawJdbcAdapter}, the
 * baseline of all comparisons.
 */
@NullMarked
package dev.rowan.bench.adapter.sql;

import org.jspecify.annotations.NullMarked;
