/** Tests of the rules that a project configures. */
@NullMarked
package dev.rowan.codegen.config;

import org.jspecify.annotations.NullMarked;
