/**
 * Helpers that several packages need: names of fields for messages, collections, and access to records
 * ({@link dev.rowan.internal.util.RecordDoor}). Uses no other package.
 */
@NullMarked
package dev.rowan.internal.util;

import org.jspecify.annotations.NullMarked;
