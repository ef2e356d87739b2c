/** Tests of loading and changing relations through the public API. */
@NullMarked
package dev.rowan.relation;

import org.jspecify.annotations.NullMarked;
