/**
 * What calls return: pages, the outcome of upserts and bulk loads, statistics. Immutable values that use nothing else.
 */
@NullMarked
package dev.rowan.result;

import org.jspecify.annotations.NullMarked;
