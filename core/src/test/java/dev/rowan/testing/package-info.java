/**
 * What several tests share: databases, tables with awkward columns, a proxy that breaks connections, and the guard
 * that fails a test class in which a message or a log line shows a bound value.
 */
@NullMarked
package dev.rowan.testing;

import org.jspecify.annotations.NullMarked;
