/** Tests of merging, which sends concurrent calls as one statement. */
@NullMarked
package dev.rowan.merging;

import org.jspecify.annotations.NullMarked;
