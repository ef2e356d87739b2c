/**
 * What services import: a {@link dev.rowan.Database} and the generated repositories, two types to start with.
 *
 * <p>Inside, every statement passes {@link dev.rowan.Statements}: its text is rendered once for each shape, its values
 * are bound and read by {@link dev.rowan.Codec}s, and what fails becomes one of the types in {@link dev.rowan.error}.
 */
@NullMarked
package dev.rowan;

import org.jspecify.annotations.NullMarked;
