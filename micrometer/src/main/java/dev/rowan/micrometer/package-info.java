/**
 * Rowan's statements and transactions as observations of Micrometer, and its counters as meters: start at
 * {@link dev.rowan.micrometer.RowanObservations} and {@link dev.rowan.micrometer.RowanMetrics}.
 */
@NullMarked
package dev.rowan.micrometer;

import org.jspecify.annotations.NullMarked;
