/**
 * What several packages need and what knows nothing of them: names of fields for messages, collections, the door to
 * records ({@link dev.rowan.internal.util.RecordDoor}). Uses no other package.
 */
@NullMarked
package dev.rowan.internal.util;

import org.jspecify.annotations.NullMarked;
