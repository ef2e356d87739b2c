/** What Connector/J makes by name, and therefore must be public. Not exported: nothing here is for callers. */
@NullMarked
package dev.rowan.driver;

import org.jspecify.annotations.NullMarked;
