package dev.rowan.codegen;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.rowan.db.DatabaseServer;
import dev.rowan.db.ServerOptions;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** The servers of all test classes. Each is started when it is first used, and ends with the JVM. */
final class TestServers {

    static final String EMBEDDED = "embedded";
    static final String DOCKER = "docker";

    private static final Map<String, DatabaseServer> STARTED = new ConcurrentHashMap<>();

    private TestServers() {}

    /** Returns the server that the build is configured to test on. */
    static DatabaseServer configured() {
        return start(ServerOptions.fromSystem());
    }

    /** Returns the server of this kind; skips the test if it needs Docker and Docker is not running. */
    static DatabaseServer ofKind(String kind) {
        if (kind.equals(DOCKER)) {
            assumeTrue(isDockerRunning(), "Docker is not running");
        }
        return start(ServerOptions.fromSystem().withServer(kind));
    }

    private static DatabaseServer start(ServerOptions options) {
        return STARTED.computeIfAbsent(options.server(), server -> DatabaseServer.start(options));
    }

    private static boolean isDockerRunning() {
        try {
            var docker = new ProcessBuilder("docker", "version")
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return docker.waitFor(10, TimeUnit.SECONDS) && docker.exitValue() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
