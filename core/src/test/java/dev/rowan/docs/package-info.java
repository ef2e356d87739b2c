/** The pages under {@code docs/} say what the code does. */
@NullMarked
package dev.rowan.docs;

import org.jspecify.annotations.NullMarked;
