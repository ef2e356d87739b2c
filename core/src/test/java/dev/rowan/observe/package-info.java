/** Tests of what an observer is told. */
@NullMarked
package dev.rowan.observe;

import org.jspecify.annotations.NullMarked;
