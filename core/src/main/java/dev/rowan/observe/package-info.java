/**
 * What an observer is told of statements and transactions, for traces and metrics: start at
 * {@link dev.rowan.observe.DatabaseObserver}. Nothing in this package has a bind value.
 */
@NullMarked
package dev.rowan.observe;

import org.jspecify.annotations.NullMarked;
