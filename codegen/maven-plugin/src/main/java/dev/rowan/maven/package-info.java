/**
 * The Maven plugin: {@code mvn generate-sources} generates typed sources from a project's changelogs.
 *
 * <p>Uses Maven's API only, on Java 17. Start at {@link dev.rowan.maven.GenerateMojo}: it compares the fingerprint of
 * the inputs ({@link dev.rowan.maven.input}) with the last run, and if they differ, a process ({@link
 * dev.rowan.maven.process}) runs {@code rowan-generator} on the project's JDK.
 */
@NullMarked
package dev.rowan.maven;

import org.jspecify.annotations.NullMarked;
