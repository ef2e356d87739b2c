package dev.rowan.db.internal.environment;

import dev.rowan.db.internal.embedded.ArtifactSource;
import dev.rowan.db.internal.jdbc.MysqlUrl;
import dev.rowan.db.internal.jdbc.UnpooledDataSource;
import dev.rowan.db.internal.server.DisposableServer;
import dev.rowan.db.internal.server.RunningServer;
import java.io.File;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The environment of a project. Each operation looks at the files and at the server anew, because other processes use
 * them too, and keeps those processes out until it has ended.
 */
public final class Environment {

    private static final String USER = "rowan";

    /** What the names of the databases begin with that Rowan makes for a test class, or for a run of a goal. */
    private static final List<String> TEMPORARY =
            List.of("rowan_test_", "rowan_generate_", "rowan_docs_", "rowan_check_", "rowan_release_");

    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(5);

    /** Below this, a failure is most likely one of a full disk. */
    private static final long LITTLE_SPACE = 32L << 20;

    private static final Logger LOG = LoggerFactory.getLogger(Environment.class);

    private final EnvironmentFolder folder;

    private Environment(EnvironmentFolder folder) {
        this.folder = folder;
    }

    /** Returns the environment of the nearest directory, from this one upwards, that has one. */
    public static Optional<Environment> find(Path directory) throws EnvironmentFailure {
        try {
            return EnvironmentFolder.find(directory).map(Environment::new);
        } catch (IOException e) {
            throw new EnvironmentFailure("The directory " + directory + " cannot be read: " + reason(e), e);
        }
    }

    /**
     * Creates the environment of a project.
     *
     * @param image the image of the container that the server is in; empty for the embedded one
     * @throws EnvironmentFailure if the project has one, or it cannot be created; then nothing is left behind
     */
    public static Environment create(Path project, Optional<String> image, ArtifactSource binaries)
            throws EnvironmentFailure {
        try {
            var folder = EnvironmentFolder.in(project);
            var form = image.isPresent() ? new ContainerForm(folder, image.get()) : new EmbeddedForm(folder);
            while (true) {
                folder.prepare();
                try {
                    return create(folder, form, binaries);
                } catch (NoSuchFileException e) {
                    if (Files.exists(folder.path())) {
                        throw e;
                    } // another process has deleted an environment here
                }
            }
        } catch (IOException e) {
            throw failure("The environment of " + project + " cannot be created", project, e);
        }
    }

    @SuppressWarnings("try") // the lock is only held
    private static Environment create(EnvironmentFolder folder, ServerForm form, ArtifactSource binaries)
            throws IOException, EnvironmentFailure {
        var created = false;
        try (var lock = EnvironmentLock.acquire(folder)) {
            if (folder.exists()) {
                created = true;
                throw new EnvironmentFailure("The project has an environment in " + folder.path()
                        + " already. Use it, or delete it before you create another one.");
            }
            try {
                folder.create(
                        form,
                        binaries,
                        new ClientFile(USER, DisposableServer.randomPassword(), 0, DisposableServer.DATABASE));
                created = true;
            } finally {
                if (!created) {
                    folder.delete();
                }
            }
        } finally {
            if (!created) {
                folder.deleteIfEmpty();
            }
        }
        return new Environment(folder);
    }

    /** Returns the directory of the project. */
    public Path project() {
        return folder.project();
    }

    /** Returns the folder with all files of the environment. */
    public Path path() {
        return folder.path();
    }

    /** Returns the file of options for a client, with the login. */
    public Path clientFile() {
        return folder.clientFile();
    }

    /**
     * Starts the server, if it is not running, and waits until it is ready.
     *
     * @return whether it was started
     */
    public boolean start(ArtifactSource binaries) throws EnvironmentFailure {
        return run("started", () -> {
            if (isRunning()) {
                if (!isMoved()) {
                    return false;
                }
                end(); // it has paths of the old place
            }
            start(ClientFile.read(folder.clientFile()), binaries);
            return true;
        });
    }

    /**
     * Stops the server, if it is running.
     *
     * @return whether it was running
     */
    public boolean stop() throws EnvironmentFailure {
        return run("stopped", () -> {
            var running = isRunning();
            if (running) {
                end();
            }
            return running;
        });
    }

    /** Stops the server, if it is running, and deletes all files of the environment. */
    public void delete() throws EnvironmentFailure {
        run("deleted", () -> {
            if (isRunning()) {
                end();
            }
            form().cleanUp();
            folder.delete();
            return true;
        });
        try {
            folder.deleteIfEmpty();
        } catch (IOException e) {
            throw failure("The folder " + folder.path() + " cannot be deleted", project(), e);
        }
    }

    /**
     * Returns the server, if it is running.
     *
     * @throws EnvironmentFailure if the project was moved while it was running
     */
    public Optional<RunningServer> server() throws EnvironmentFailure {
        return run("used", () -> {
            if (!isRunning()) {
                return Optional.empty();
            }
            if (isMoved()) {
                throw new EnvironmentFailure("The project was moved to " + project()
                        + " while its environment was started. Start it again (env-start).");
            }
            return Optional.of(server(ClientFile.read(folder.clientFile())));
        });
    }

    /** Returns what can be seen of the environment now. */
    public EnvironmentState state() throws EnvironmentFailure {
        return run("read", () -> {
            var login = ClientFile.read(folder.clientFile());
            var started = ServerRecord.read(folder.recordFile());
            var form = form();
            return new EnvironmentState(
                    form.isRunning(),
                    form.product(),
                    login.port(),
                    folder.size(),
                    started.map(form::place).orElse(""),
                    started.map(ServerRecord::since).orElse(Instant.EPOCH));
        });
    }

    /** Returns the file that keeps what was typed at a prompt. It is created empty, if there is none. */
    public Path historyFile() throws EnvironmentFailure {
        return run("used", () -> {
            var file = folder.historyFile();
            if (!Files.exists(file)) {
                OwnerOnly.write(file, ""); // a statement may have a secret
            }
            return file;
        });
    }

    /**
     * Returns the command that opens a client with the login, if there is one on the path of this process. The user's
     * own files, such as {@code ~/.my.cnf}, may name another server, and the client reads them last: this one is read
     * alone. {@code mysql} always reads {@code ~/.mylogin.cnf}, which options precede.
     */
    public List<String> clientCommand() throws EnvironmentFailure {
        for (var client : List.of("mariadb", "mysql")) {
            for (var directory : System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1)) {
                for (var suffix : List.of("", ".exe")) {
                    var file = Path.of(directory, client + suffix);
                    if (!directory.isEmpty() && Files.isRegularFile(file) && Files.isExecutable(file)) {
                        var login = run("used", () -> ClientFile.read(folder.clientFile()));
                        return List.of(
                                file.toString(),
                                "--defaults-file=" + folder.clientFile(),
                                "--host=" + ClientFile.HOST,
                                "--port=" + login.port(),
                                "--user=" + login.user());
                    }
                }
            }
        }
        return List.of();
    }

    private RunningServer server(ClientFile login) throws IOException {
        return new RunningServer(
                MysqlUrl.SCHEME + ClientFile.HOST + ":" + login.port() + "/" + login.database(),
                login.user(),
                login.password(),
                form().product() + ", the environment of " + project(),
                RunningServer.Kind.ENVIRONMENT,
                () -> {});
    }

    private ServerForm form() throws IOException {
        return ServerForm.of(folder);
    }

    private boolean isRunning() throws IOException {
        return form().isRunning();
    }

    private void end() throws IOException, EnvironmentFailure {
        form().end(dataSource());
    }

    private boolean isMoved() throws IOException {
        return ServerRecord.read(folder.recordFile())
                .filter(started -> !started.project().equals(folder.project()))
                .isPresent();
    }

    private void start(ClientFile login, ArtifactSource binaries) throws IOException, EnvironmentFailure {
        var script = folder.database().resolve("init.sql");
        OwnerOnly.write(script, login.script());
        try {
            form().start(login, script, binaries, new ServerForm.Observer() {
                @Override
                public void choose(int port) throws IOException {
                    OwnerOnly.write(folder.clientFile(), login.withPort(port).text());
                }

                @Override
                public void started(ServerRecord record) throws IOException {
                    record.write(folder.recordFile());
                }
            });
        } finally {
            Files.deleteIfExists(script);
        }
        try {
            dropLeftovers();
        } catch (SQLException e) {
            LOG.warn("The databases of killed runs were not dropped: {}", e.getMessage());
        }
    }

    /** Drops what processes were killed with: nobody can have connected since the server was started. */
    private void dropLeftovers() throws IOException, EnvironmentFailure, SQLException {
        try (var connection = dataSource().getConnection();
                var statement = connection.createStatement()) {
            var databases = new ArrayList<String>();
            try (var rows = statement.executeQuery("SHOW DATABASES LIKE 'rowan\\_%\\_%'")) {
                while (rows.next()) {
                    databases.add(rows.getString(1));
                }
            }
            for (var database : databases) {
                if (TEMPORARY.stream().anyMatch(database::startsWith)) {
                    statement.execute("DROP DATABASE " + statement.enquoteIdentifier(database, true));
                }
            }
        }
    }

    private DataSource dataSource() throws IOException, EnvironmentFailure {
        var server = server(ClientFile.read(folder.clientFile()));
        var url = server.url() + "?socketTimeout=" + ANSWER_TIMEOUT.toMillis();
        return UnpooledDataSource.of(url, server.user(), server.password());
    }

    @SuppressWarnings("try") // the lock is only held
    private <T> T run(String verb, Operation<T> operation) throws EnvironmentFailure {
        try {
            if (!folder.exists()) {
                throw gone();
            }
            try (var lock = EnvironmentLock.acquire(folder)) {
                if (folder.exists()) {
                    return operation.run();
                }
                folder.delete(); // of the lock that was just created
            }
            folder.deleteIfEmpty();
            throw gone();
        } catch (IOException e) {
            if (!folder.exists()) {
                throw gone();
            }
            throw failure("The environment in " + folder.path() + " cannot be " + verb, project(), e);
        }
    }

    private EnvironmentFailure gone() {
        return new EnvironmentFailure("There is no environment in " + folder.path() + ". Create one (env-create).");
    }

    private static EnvironmentFailure failure(String what, Path place, IOException cause) {
        return new EnvironmentFailure(what + ": " + reason(cause) + space(place), cause);
    }

    private static String reason(IOException failure) {
        if (failure instanceof FileSystemException file) {
            var reason = file.getReason() == null ? file.getClass().getSimpleName() : file.getReason();
            return reason + " (" + file.getFile() + ")";
        }
        return String.valueOf(failure.getMessage());
    }

    /** Returns a remark for a disk that is full. A server does not always say so, and cannot write it to its log. */
    private static String space(Path place) {
        try {
            var free = Files.getFileStore(place).getUsableSpace();
            return free > LITTLE_SPACE
                    ? ""
                    : System.lineSeparator() + "The disk of " + place + " has " + (free >> 20)
                            + " MB left. Make room and try again.";
        } catch (IOException e) {
            return "";
        }
    }

    @FunctionalInterface
    private interface Operation<T> {
        T run() throws IOException, EnvironmentFailure;
    }
}
