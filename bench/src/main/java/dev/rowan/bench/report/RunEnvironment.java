package dev.rowan.bench.report;

import dev.rowan.bench.config.Contestant;
import dev.rowan.bench.config.RunProfile;
import dev.rowan.bench.database.ConnectionDetails;
import dev.rowan.db.DatabaseServer;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Describes the machine, the versions and the settings of a run. */
public final class RunEnvironment {

    private static final Pattern LIBRARY = Pattern.compile("(?<name>mysql-connector-j|HikariCP|jooq|hibernate-core"
            + "|spring-data-jdbc|spring-jdbc|mybatis|jdbi3-core|ebean-core)-(?<version>\\d.*)\\.jar");

    private RunEnvironment() {}

    /** Returns one line each about the machine, the client's libraries, the server and the settings. */
    public static List<String> describe(DatabaseServer server, RunProfile profile, Optional<String> sqlAlchemyVersion) {
        return List.of(
                machine(),
                "JDK " + Runtime.version() + "; " + libraries()
                        + sqlAlchemyVersion
                                .map(version -> ", SQLAlchemy " + version)
                                .orElse(""),
                server.description(),
                settings(profile));
    }

    private static String machine() {
        var system = ManagementFactory.getOperatingSystemMXBean();
        return cpu() + ", " + system.getAvailableProcessors() + " processors, shared by client and server; "
                + system.getName() + " " + system.getVersion() + "; load at the start "
                + String.format(Locale.ROOT, "%.1f", system.getSystemLoadAverage());
    }

    private static String settings(RunProfile profile) {
        var limitsFinalists = profile.maxFinalists() < Contestant.values().length;
        return "A pool of " + ConnectionDetails.POOL_SIZE + " connections for each contestant; no TLS, except with the"
                + " driver's defaults; up to " + profile.maxRounds() + " rounds"
                + (limitsFinalists
                        ? " with the " + profile.maxFinalists()
                                + " fastest contestants of each measure, Rowan and raw JDBC among them"
                        : "");
    }

    /** Returns the libraries under test and those below them, read from the names of the jars on the class path. */
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
