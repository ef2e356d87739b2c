/**
 * The results of calls: pages, the results of upserts and bulk loads, statistics. Immutable values that use no other
 * package.
 */
@NullMarked
package dev.rowan.result;

import org.jspecify.annotations.NullMarked;
