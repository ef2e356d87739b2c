/**
 * The process that does the work: its class path, its arguments, its output and its terminal. Start at
 * {@link dev.rowan.maven.process.GeneratorProcess}.
 */
@NullMarked
package dev.rowan.maven.process;

import org.jspecify.annotations.NullMarked;
