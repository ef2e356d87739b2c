package dev.rowan.codegen;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.rowan.db.DatabaseServer;
import dev.rowan.db.ServerOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/** The servers of one test class, each started when first asked for, and a fresh database on them for each run. */
final class TestServers implements AutoCloseable {

    static final String EMBEDDED = "embedded";
    static final String DOCKER = "docker";

    private final Map<String, DatabaseServer> started = new HashMap<>();

    /** Returns the server of this kind; skips the test if it needs Docker and no engine answers. */
    DatabaseServer get(String kind) {
        if (kind.equals(DOCKER)) {
            assumeTrue(engineAnswers(), "no Docker engine answers");
        }
        return started.computeIfAbsent(kind, name -> DatabaseServer.start(ServerOptions.of(name)));
    }

    private static boolean engineAnswers() {
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

    /** Returns the server that the build was told to test on. */
    DatabaseServer get() {
        return started.computeIfAbsent("", name -> DatabaseServer.start(ServerOptions.fromSystem()));
    }

    /** Returns options with a URL of an empty database on the server. */
    ServerOptions emptyDatabase(DatabaseServer server) {
        String name = UUID.randomUUID().toString().replace("-", "").substring(0, 12);
        String url = server.createDatabase("generator_" + name);
        return ServerOptions.of(url).withUser(server.user()).withPassword(server.password());
    }

    /** Applies a changelog to an empty database on the server, and generates; returns what was said. */
    List<String> generate(DatabaseServer server, String changelog, String packageName, Path output) throws Exception {
        var options =
                new GeneratorOptions(emptyDatabase(server), true, changelog, packageName, output, ".*", "", List.of());
        var lines = new ArrayList<String>();
        new Generation(options, lines::add).run();
        return lines;
    }

    @Override
    public void close() {
        started.values().forEach(DatabaseServer::close);
    }
}
