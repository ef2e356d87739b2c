/** Tests of the schema check through the public API. */
@NullMarked
package dev.rowan.check;

import org.jspecify.annotations.NullMarked;
