/** Tests that the pages under {@code docs/} describe what the code does. */
@NullMarked
package dev.rowan.docs;

import org.jspecify.annotations.NullMarked;
