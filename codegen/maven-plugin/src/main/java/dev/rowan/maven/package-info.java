/**
 * The Maven plugin: {@code mvn generate-sources} makes typed sources of a project's changelogs.
 *
 * <p>Start at {@link dev.rowan.maven.GenerateMojo}. The plugin only decides whether there is anything to do; the work is
 * done by {@code rowan-generator}, in a process and on a JDK of its own.
 */
@NullMarked
package dev.rowan.maven;

import org.jspecify.annotations.NullMarked;
