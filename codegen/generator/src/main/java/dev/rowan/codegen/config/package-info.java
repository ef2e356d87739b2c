/**
 * What the project has configured: one value for each line, checked as far as that is possible without the schema.
 *
 * <p>Uses jOOQ's definitions only. Start at {@link dev.rowan.codegen.config.Rules}.
 */
@NullMarked
package dev.rowan.codegen.config;

import org.jspecify.annotations.NullMarked;
