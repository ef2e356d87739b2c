/**
 * The Maven plugin: {@code mvn generate-sources} generates typed sources from a project's changelogs.
 *
 * <p>Uses Maven's API only, on Java 17. Start at {@link dev.rowan.maven.GenerateMojo}: it compares the {@link
 * dev.rowan.maven.Fingerprint} of the inputs with the {@link dev.rowan.maven.LastRun}, and if they differ, a {@link
 * dev.rowan.maven.GeneratorProcess} runs {@code rowan-generator} on the project's JDK.
 */
@NullMarked
package dev.rowan.maven;

import org.jspecify.annotations.NullMarked;
