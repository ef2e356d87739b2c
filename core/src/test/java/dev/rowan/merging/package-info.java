/** Concurrent calls that are merged into one statement. */
@NullMarked
package dev.rowan.merging;

import org.jspecify.annotations.NullMarked;
