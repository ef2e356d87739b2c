/** The schema check as users call it. */
@NullMarked
package dev.rowan.check;

import org.jspecify.annotations.NullMarked;
