/**
 * Rowan in Spring Boot: migrates the database, and makes the {@link dev.rowan.Database} and the generated repositories
 * beans that take part in Spring's transactions. Services use {@link dev.rowan.spring.RetryOnTransientFailure} and
 * {@link dev.rowan.spring.DatabaseCustomizer}; the rest works by itself.
 */
@NullMarked
package dev.rowan.spring;

import org.jspecify.annotations.NullMarked;
