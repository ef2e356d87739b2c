/**
 * What Ebean maps, in a package of its own, because the build enhances whole packages: its entities tell Ebean by that what
 * was read and what has changed.
 */
@NullMarked
package dev.rowan.bench.ebean;

import org.jspecify.annotations.NullMarked;
