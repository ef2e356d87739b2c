/** Tests of the Java types of columns. */
@NullMarked
package dev.rowan.codegen.type;

import org.jspecify.annotations.NullMarked;
