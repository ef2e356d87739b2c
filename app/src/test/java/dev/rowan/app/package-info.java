/**
 * Tests of the users service on the server that {@code -Drowan.server} selects: {@code CommandLineTest} and
 * {@code ProgramTest} for the program, {@code Readme...Test} for the Java code in the README and in {@code docs}.
 */
@NullMarked
package dev.rowan.app;

import org.jspecify.annotations.NullMarked;
