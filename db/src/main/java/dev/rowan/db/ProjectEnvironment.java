package dev.rowan.db;

import dev.rowan.db.internal.environment.Environment;
import dev.rowan.db.internal.environment.EnvironmentFailure;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A project's own database, as a virtual environment is a project's own Python: a server in the folder {@code .rowan}
 * of the project, which git ignores. It keeps its data and runs until it is stopped.
 *
 * <pre>{@code
 * var environment = ProjectEnvironment.create(Path.of("."), ServerOptions.auto().binaries());
 * environment.start(ServerOptions.auto().binaries());
 * }</pre>
 *
 * <p>While it is started, {@link ServerOptions#auto()} means this server, for every process that works in the project's
 * directory or below it. The server is an embedded MariaDB, or MySQL in a container. It listens on this machine only,
 * on a port of its own, and has a random password.
 *
 * <p>Thread-safe; processes that work on the same environment wait for each other.
 */
public final class ProjectEnvironment {

    private final Environment environment;

    private ProjectEnvironment(Environment environment) {
        this.environment = environment;
    }

    /**
     * Returns the environment of the nearest directory that has one: this directory, or one above it, up to the root of
     * its git repository.
     */
    public static Optional<ProjectEnvironment> find(Path directory) {
        return run(() -> Environment.find(directory)).map(ProjectEnvironment::new);
    }

    /**
     * Creates an environment with an embedded MariaDB and an empty database. It is not started.
     *
     * @param project the root of the project
     * @param binaries fetches the server's binaries
     * @throws ServerException if the directory has an environment, or it cannot be created
     */
    public static ProjectEnvironment create(Path project, BinarySource binaries) {
        return new ProjectEnvironment(run(() -> Environment.create(project, Optional.empty(), binaries::fetch)));
    }

    /**
     * Creates an environment with MySQL in a Docker container and an empty database. It is not started. Its data is in
     * the folder, and the container exists while it is started. It needs the command {@code docker}.
     *
     * @param project the root of the project
     * @param image the image of a MySQL server, such as {@code mysql:9.7}; it is pulled if Docker does not have it
     * @throws ServerException if the directory has an environment, or it cannot be created
     */
    public static ProjectEnvironment createInDocker(Path project, String image) {
        return new ProjectEnvironment(run(() -> Environment.create(project, Optional.of(image), coordinates -> {
            throw new IllegalStateException("A container needs no " + coordinates + ".");
        })));
    }

    /** Returns the root of the project, without symbolic links. */
    public Path project() {
        return environment.project();
    }

    /**
     * Starts the server, unless it is running.
     *
     * @return whether it was started
     * @param binaries fetches the server's binaries, if it is an embedded one
     * @throws ServerException if it does not start
     */
    public boolean start(BinarySource binaries) {
        return run(() -> environment.start(binaries::fetch));
    }

    /**
     * Returns the server if it is started. To close it has no effect.
     *
     * @throws ServerException if the project was moved while the server was running
     */
    public Optional<DatabaseServer> server() {
        return run(environment::server).map(DatabaseServer::of);
    }

    /** Returns what can be seen of the environment now. */
    public Status status() {
        var state = run(environment::state);
        return new Status(
                environment.path(),
                state.product(),
                state.bytes(),
                state.running() ? new Running(state.port(), state.place(), state.since()) : null);
    }

    /**
     * Returns the file with the login, in the format that the clients {@code mariadb} and {@code mysql} read with
     * {@code --defaults-file}. Only its owner can read it.
     */
    public Path clientFile() {
        return environment.clientFile();
    }

    /**
     * Returns the command that opens a prompt for SQL: the client {@code mariadb} or {@code mysql}, with the login in a
     * file; where neither is installed, a prompt of Rowan's own, in Java. The client reads no other file of options: it
     * could name another server.
     *
     * @param libraries fetches JLine, which edits lines and keeps a history, for the prompt in Java. Without it the
     *     prompt works, but has neither.
     */
    public List<String> shellCommand(BinarySource libraries) {
        var client = run(environment::clientCommand);
        return client.isEmpty() ? EnvironmentShell.command(project(), libraries) : client;
    }

    /** Returns the file that keeps what was typed at the prompt. Only its owner can read it. */
    Path historyFile() {
        return run(environment::historyFile);
    }

    /**
     * Stops the server, and keeps its data.
     *
     * @return whether it was running
     * @throws ServerException if it does not end
     */
    public boolean stop() {
        return run(environment::stop);
    }

    /**
     * Stops the server if it is running, and deletes the environment with its data.
     *
     * @throws ServerException if the server does not end, or a file cannot be deleted
     */
    public void delete() {
        run(() -> {
            environment.delete();
            return true;
        });
    }

    /** Returns the root of the project. */
    @Override
    public String toString() {
        return "ProjectEnvironment[" + project() + "]";
    }

    private static <T> T run(Operation<T> operation) {
        try {
            return operation.run();
        } catch (EnvironmentFailure e) {
            throw new ServerException(String.valueOf(e.getMessage()), e.getCause());
        }
    }

    /**
     * What can be seen of an environment.
     *
     * @param folder the folder with all its files
     * @param product the server's product, with its version or image
     * @param bytes the size of all files
     * @param running the server; null if it is stopped
     */
    public record Status(
            Path folder,
            String product,
            long bytes,
            @Nullable Running running) {

        /** Returns what people want to know, in lines: a word, and what it means. */
        public List<String> lines() {
            var lines = new ArrayList<String>();
            lines.add("server    " + product + (running == null ? ", stopped" : ", started at " + running.since()));
            if (running != null) {
                lines.add("port      " + running.port() + ", " + running.place());
            }
            lines.add("folder    " + folder + ", " + Math.ceilDiv(bytes, 1_000_000) + " MB");
            return lines;
        }
    }

    /**
     * A server that is running.
     *
     * @param port the port that it listens on, on 127.0.0.1
     * @param place what it runs in: a process with its id, or a container with its name
     * @param since when it was started
     */
    public record Running(int port, String place, Instant since) {}

    @FunctionalInterface
    private interface Operation<T> {
        T run() throws EnvironmentFailure;
    }
}
