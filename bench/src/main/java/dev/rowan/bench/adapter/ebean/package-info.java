/**
 * The adapter of Ebean, and its entities. Ebean's Maven plugin enhances the classes of whole packages, so that entities
 * track what was loaded and what has changed; Hibernate's entities must stay out of its reach.
 *
 * <p>Uses {@code adapter} and {@code database}. Start at {@link dev.rowan.bench.adapter.ebean.EbeanAdapter}.
 */
@NullMarked
package dev.rowan.bench.adapter.ebean;

import org.jspecify.annotations.NullMarked;
