/**
 * Makes the site of the documentation: the pages of the repository, a run of the walk-through, and the API. Start at
 * {@code Site}.
 */
@NullMarked
package dev.rowan.site;

import org.jspecify.annotations.NullMarked;
