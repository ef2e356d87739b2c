/** Tests of transactions and the unit of work through the public API. */
@NullMarked
package dev.rowan.session;

import org.jspecify.annotations.NullMarked;
