package dev.rowan.bench;

import dev.rowan.db.DatabaseServer;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Where the measures were taken. */
final class Machine {

    private Machine() {}

    /** Returns lines about the machine, the versions and the settings. */
    static List<String> describe(DatabaseServer server, Effort effort) {
        var system = ManagementFactory.getOperatingSystemMXBean();
        return List.of(
                cpu() + ", " + system.getAvailableProcessors() + " processors, shared by client and server; "
                        + system.getName() + " " + system.getVersion() + "; load at the start "
                        + String.format(Locale.ROOT, "%.1f", system.getSystemLoadAverage()),
                "JDK " + Runtime.version(),
                server.description(),
                "A pool of " + Target.POOL + " connections each, no TLS but with the driver's defaults; "
                        + "contestants taking turns, up to " + effort.rounds() + " rounds");
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
