/** Relations as users load and change them. */
@NullMarked
package dev.rowan.relation;

import org.jspecify.annotations.NullMarked;
