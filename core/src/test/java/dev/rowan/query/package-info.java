/** Queries as users write them: conditions, orders, pages, streams, projections, locks. */
@NullMarked
package dev.rowan.query;

import org.jspecify.annotations.NullMarked;
