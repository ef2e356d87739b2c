/** Tests of the tests of Spring Boot services, on a real database. */
@NullMarked
package dev.rowan.spring.test;

import org.jspecify.annotations.NullMarked;
