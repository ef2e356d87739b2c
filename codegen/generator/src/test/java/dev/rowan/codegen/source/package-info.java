/** Tests of the files that the generator writes. */
@NullMarked
package dev.rowan.codegen.source;

import org.jspecify.annotations.NullMarked;
