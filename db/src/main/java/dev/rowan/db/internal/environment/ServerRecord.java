package dev.rowan.db.internal.environment;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Properties;

/**
 * The server that was started last for an environment, and the directory of the project at that time. It may have
 * ended, and another process may have got its id.
 *
 * @param id the id of the process, or of the container
 */
record ServerRecord(String id, Instant since, Path project) {

    /** The system counts from the time at which it was started, which it corrects together with its clock. */
    private static final Duration CLOCK_TOLERANCE = Duration.ofSeconds(3);

    static ServerRecord of(ProcessHandle process, Path project) {
        return new ServerRecord(
                String.valueOf(process.pid()), process.info().startInstant().orElseGet(Instant::now), project);
    }

    /** Reads the record; empty if the environment was never started. */
    static Optional<ServerRecord> read(Path file) throws IOException {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        var properties = new Properties();
        properties.load(new StringReader(Files.readString(file)));
        return Optional.of(new ServerRecord(
                properties.getProperty("id", ""),
                Instant.parse(properties.getProperty("since", "1970-01-01T00:00:00Z")),
                Path.of(properties.getProperty("project", ""))));
    }

    void write(Path file) throws IOException {
        var escaped = project.toString().replace("\\", "\\\\");
        OwnerOnly.write(file, "id=%s\nsince=%s\nproject=%s\n".formatted(id, since, escaped));
    }

    /** Returns the process, if it lives and is the one that was started. */
    Optional<ProcessHandle> process() {
        return ProcessHandle.of(Long.parseLong(id))
                .filter(ProcessHandle::isAlive)
                .filter(process -> process.info()
                        .startInstant()
                        .map(start -> Duration.between(start, since).abs().compareTo(CLOCK_TOLERANCE) < 0)
                        .orElse(true));
    }
}
