package dev.rowan.db.internal.environment;

import dev.rowan.db.internal.embedded.ArtifactSource;
import dev.rowan.db.internal.embedded.LastingServer;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The embedded MariaDB, a process of its own. */
final class EmbeddedForm implements ServerForm {

    private static final Duration END_TIMEOUT = Duration.ofSeconds(20);
    private static final Duration EXIT_TIMEOUT = Duration.ofSeconds(2);
    private static final Duration POLL = Duration.ofMillis(20);

    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedForm.class);

    private final EnvironmentFolder folder;

    EmbeddedForm(EnvironmentFolder folder) {
        this.folder = folder;
    }

    @Override
    public String product() {
        return LastingServer.PRODUCT;
    }

    @Override
    public String place(ServerRecord record) {
        return "process " + record.id();
    }

    @Override
    public void create(Path database, ArtifactSource binaries) throws IOException {
        LastingServer.create(binaries, database);
    }

    @Override
    public boolean isRunning() throws IOException {
        return LastingServer.isRunning(folder.database());
    }

    @Override
    public void start(ClientFile login, Path script, ArtifactSource binaries, Observer observer) throws IOException {
        LastingServer.start(binaries, folder.database(), login.port(), script, new LastingServer.Observer() {
            @Override
            public void choose(int port) throws IOException {
                observer.choose(port);
            }

            @Override
            public void started(ProcessHandle process) throws IOException {
                observer.started(ServerRecord.of(process, folder.project()));
            }
        });
    }

    /** Asks the server to end; if that fails, ends its process. */
    @Override
    public void end(DataSource server) throws IOException, EnvironmentFailure {
        var process = ServerRecord.read(folder.recordFile()).flatMap(ServerRecord::process);
        try (var connection = server.getConnection();
                var statement = connection.createStatement()) {
            statement.execute("SHUTDOWN");
        } catch (SQLException e) {
            process.ifPresent(ProcessHandle::destroyForcibly); // it hangs, or does not accept the login
        }
        if (!await(() -> !isRunning(), END_TIMEOUT)) {
            process.ifPresent(ProcessHandle::destroyForcibly);
            if (!await(() -> !isRunning(), END_TIMEOUT)) {
                throw new EnvironmentFailure("The server of the environment in " + folder.path()
                        + " does not end. End the process that uses " + folder.database() + " by hand.");
            }
        }
        // its files are free now, but it still works in their directory; a process that nobody waits for never goes
        var gone = await(() -> process.filter(ProcessHandle::isAlive).isEmpty(), EXIT_TIMEOUT);
        LOG.debug("The server in {} has ended{}", folder.path(), gone ? "" : ", but its process is still there");
    }

    @Override
    public void cleanUp() {
        // all of it is in the folder
    }

    private boolean await(Condition condition, Duration timeout) throws IOException, EnvironmentFailure {
        var deadline = System.nanoTime() + timeout.toNanos();
        try {
            while (!condition.holds()) {
                if (System.nanoTime() > deadline) {
                    return false;
                }
                TimeUnit.NANOSECONDS.sleep(POLL.toNanos());
            }
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EnvironmentFailure("Interrupted while the server in " + folder.path() + " was ending.", e);
        }
    }

    @FunctionalInterface
    private interface Condition {
        boolean holds() throws IOException;
    }
}
