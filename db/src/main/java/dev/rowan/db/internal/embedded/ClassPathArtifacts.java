package dev.rowan.db.internal.embedded;

import java.io.IOException;
import java.net.JarURLConnection;
import java.net.URISyntaxException;
import java.nio.file.Path;

/** Finds Maven artifacts on the class path: the default source of the embedded server's binaries. */
public final class ClassPathArtifacts {

    private ClassPathArtifacts() {}

    /**
     * Returns the jar on the class path that has these Maven coordinates.
     *
     * @throws IOException if there is none; the message tells the user the fix
     */
    public static Path find(String coordinates) throws IOException {
        var parts = coordinates.split(":", -1);
        var marker = "META-INF/maven/" + parts[0] + "/" + parts[1] + "/pom.properties";
        var loader = Thread.currentThread().getContextClassLoader();
        var found = loader == null ? ClassLoader.getSystemResource(marker) : loader.getResource(marker);
        try {
            if (found != null && found.openConnection() instanceof JarURLConnection jar) {
                return Path.of(jar.getJarFileURL().toURI());
            }
        } catch (URISyntaxException e) {
            throw new IOException(e);
        }
        throw new IOException(coordinates + " is neither unpacked on this machine nor on the class path. Run"
                + " `mvn generate-sources -Drowan.server=embedded` (after `mvn clean` if the sources are up to date),"
                + " which downloads it once per machine; or use Docker, with"
                + " org.testcontainers:testcontainers-mysql on the class path; or name a server:"
                + " -Drowan.server=jdbc:mysql://host:3306/database");
    }
}
