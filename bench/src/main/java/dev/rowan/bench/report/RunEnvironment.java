package dev.rowan.bench;

import dev.rowan.db.DatabaseServer;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Where the measures were taken. */
final class Machine {

    private static final Pattern LIBRARY = Pattern.compile("(?<name>mysql-connector-j|HikariCP|jooq|hibernate-core"
            + "|spring-data-jdbc|spring-jdbc|mybatis|jdbi3-core|ebean-core)-(?<version>\\d.*)\\.jar");

    private Machine() {}

    /** Returns lines about the machine, the versions and the settings. */
    static List<String> describe(DatabaseServer server, Effort effort) throws InterruptedException {
        var system = ManagementFactory.getOperatingSystemMXBean();
        return List.of(
                cpu() + ", " + system.getAvailableProcessors() + " processors, shared by client and server; "
                        + system.getName() + " " + system.getVersion() + "; load at the start "
                        + String.format(Locale.ROOT, "%.1f", system.getSystemLoadAverage()),
                "JDK " + Runtime.version() + "; " + libraries()
                        + SqlAlchemy.version()
                                .map(version -> ", SQLAlchemy " + version)
                                .orElse(""),
                server.description(),
                "A pool of " + Target.POOL + " connections each, no TLS but with the driver's defaults; "
                        + "contestants taking turns, up to " + effort.rounds() + " rounds"
                        + (effort.finalists() < Entrant.values().length
                                ? "; in each measure the " + effort.finalists()
                                        + " that were the fastest in a heat, Rowan and raw JDBC among them"
                                : ""));
    }

    /** Returns the libraries that are measured and what they stand on, by the names of their jars. */
    private static String libraries() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .map(path -> LIBRARY.matcher(Path.of(path).getFileName().toString()))
                .filter(Matcher::matches)
                .map(jar -> jar.group("name") + " " + jar.group("version"))
                .sorted(String.CASE_INSENSITIVE_ORDER)
                .collect(Collectors.joining(", "));
    }

    private static String cpu() {
        try (var lines = Files.lines(Path.of("/proc/cpuinfo"))) {
            return lines.filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 2))
                    .findFirst()
                    .orElse(System.getProperty("os.arch"));
        } catch (IOException e) {
            return System.getProperty("os.arch");
        }
    }
}
