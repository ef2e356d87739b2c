/**
 * The page of a schema: what it says, how its diagram is laid out, and the files.
 *
 * <p>Uses {@code source}, which decides the names of the generated code. Start at {@link
 * dev.rowan.codegen.page.PageGenerator}, which jOOQ instantiates by name. Only {@link
 * dev.rowan.codegen.page.DiagramLayout} uses the library of layouts, which is on the class path for this page alone.
 */
@NullMarked
package dev.rowan.codegen.page;

import org.jspecify.annotations.NullMarked;
