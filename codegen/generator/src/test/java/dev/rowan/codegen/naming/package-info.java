/** Tests of the names in generated sources. */
@NullMarked
package dev.rowan.codegen.naming;

import org.jspecify.annotations.NullMarked;
