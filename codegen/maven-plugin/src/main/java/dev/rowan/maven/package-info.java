/**
 * The Maven plugin: {@code mvn generate-sources} generates typed sources from a project's changelogs.
 *
 * <p>Uses Maven's API only, on Java 17. Start at {@link dev.rowan.maven.GenerateMojo}: it compares the {@code
 * Fingerprint} of the inputs with the {@code LastRun}, and if they differ, a {@code GeneratorProcess} runs {@code
 * rowan-generator} on the project's JDK.
 */
@NullMarked
package dev.rowan.maven;

import org.jspecify.annotations.NullMarked;
