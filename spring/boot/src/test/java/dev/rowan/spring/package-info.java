/** Tests of Rowan in Spring Boot, on a real database. */
@NullMarked
package dev.rowan.spring;

import org.jspecify.annotations.NullMarked;
