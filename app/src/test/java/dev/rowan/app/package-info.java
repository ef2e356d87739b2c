/**
 * Tests of the users service, on the server that {@code -Drowan.server} names: {@code CommandLineTest} for what users
 * type, {@code ReadmeTest} for what the README shows.
 */
@NullMarked
package dev.rowan.app;

import org.jspecify.annotations.NullMarked;
