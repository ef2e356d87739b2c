/** Tests of observations and meters, on a real database. */
@NullMarked
package dev.rowan.micrometer;

import org.jspecify.annotations.NullMarked;
