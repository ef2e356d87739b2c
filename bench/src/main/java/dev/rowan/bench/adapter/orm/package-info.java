/**
 * Adapters of libraries that map entities: Hibernate with both of its sessions, and Spring Data JDBC.
 *
 * <p>Uses {@code adapter} and {@code database}. Start at {@link dev.rowan.bench.adapter.orm.HibernateAdapter}.
 */
@NullMarked
package dev.rowan.bench.adapter.orm;

import org.jspecify.annotations.NullMarked;
