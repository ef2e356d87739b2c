/** A real database for tests of Spring Boot services: start at {@link dev.rowan.spring.test.UseTestDatabase}. */
@NullMarked
package dev.rowan.spring.test;

import org.jspecify.annotations.NullMarked;
