/** Tests of queries through the public API: conditions, orders, pages, streams, projections, locks. */
@NullMarked
package dev.rowan.query;

import org.jspecify.annotations.NullMarked;
