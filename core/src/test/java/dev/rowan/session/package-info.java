/** Transactions and the unit of work as users see them. */
@NullMarked
package dev.rowan.session;

import org.jspecify.annotations.NullMarked;
