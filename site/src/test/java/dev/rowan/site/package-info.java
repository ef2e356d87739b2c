/** Tests of the site that this build has made, and of the parts that make it. */
@NullMarked
package dev.rowan.site;

import org.jspecify.annotations.NullMarked;
