package dev.rowan.db.internal.container;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.rowan.db.internal.jdbc.MysqlUrl;
import dev.rowan.db.internal.jdbc.UnpooledDataSource;
import dev.rowan.db.internal.server.FreePort;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A MySQL server in a container that outlives this process. Its data is in a folder of this machine and belongs to the
 * owner of that folder; the container is nothing but its process, made at each start and removed at each end.
 *
 * <p>Two processes must not start or look for the server of one folder at the same time: the caller holds a lock.
 */
public final class LastingContainer {

    /** The label of each container: the directory of the project that it was made for. */
    private static final String LABEL = "dev.rowan.environment";

    private static final String DATA = "/var/lib/mysql";
    private static final String SCRIPT = "/rowan-init.sql";

    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(20);
    private static final Duration COMMAND_TIMEOUT = Duration.ofSeconds(60);
    private static final Duration CREATE_TIMEOUT = Duration.ofMinutes(5);
    private static final Duration PULL_TIMEOUT = Duration.ofMinutes(60);
    private static final Duration START_TIMEOUT = Duration.ofSeconds(60);
    private static final Duration END_TIMEOUT = Duration.ofSeconds(20);
    private static final Duration POLL = Duration.ofMillis(100);

    /** For development: the files stay small, and nothing is replicated. */
    private static final List<String> SETTINGS = List.of(
            "--no-defaults", // must come first; those of the image name the user that the server becomes
            "--innodb-redo-log-capacity=32M",
            "--disable-log-bin",
            "--innodb-flush-log-at-trx-commit=2", // as the embedded server: a commit survives the end of the server
            "--local-infile=ON",
            "--default-time-zone=+00:00",
            "--skip-name-resolve",
            "--mysqlx=OFF",
            "--secure-file-priv=NULL", // the default is a directory of another user
            "--socket=/tmp/mysql.sock", // not in the folder: not every system lets a container make one there
            "--pid-file=/tmp/mysql.pid");

    private static final Logger LOG = LoggerFactory.getLogger(LastingContainer.class);

    private final DockerCommand docker;
    private final String image;
    private final Path project;

    /**
     * Creates the container of a project; it is not made yet.
     *
     * @param project the directory that it is known by
     */
    public LastingContainer(String image, Path project) {
        this(new DockerCommand(Map.of()), image, project);
    }

    LastingContainer(DockerCommand docker, String image, Path project) {
        this.docker = docker;
        this.image = image;
        this.project = project;
    }

    /** Returns the name that the container has: two projects have two. */
    public String name() {
        var directory = String.valueOf(project.getFileName()).replaceAll("[^A-Za-z0-9_.-]", "_");
        try {
            var digest = MessageDigest.getInstance("SHA-256")
                    .digest(project.toString().getBytes(UTF_8));
            return "rowan-" + directory + "-" + HexFormat.of().formatHex(digest, 0, 4);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // each Java platform has it
        }
    }

    /**
     * Creates the data of a server in a folder, which is empty: its system tables, and no account. Pulls the image if
     * Docker does not have it.
     */
    public void create(Path folder) throws IOException {
        var user = user(folder);
        pull();
        Files.createDirectory(data(folder));
        var script = Files.writeString(folder.resolve("create.sql"), "DROP USER root@localhost;\n");
        var command = command("run", folder, script, user);
        command.add(image);
        command.addAll(settings(user));
        command.add("--initialize-insecure");
        try {
            docker.run(CREATE_TIMEOUT, command);
        } catch (IOException e) {
            throw new IOException(
                    "The image " + image + " does not create the data of a MySQL server. Its last output: "
                            + e.getMessage(),
                    e);
        } finally {
            Files.delete(script);
            removeAll();
        }
        if (!Files.exists(data(folder).resolve("ibdata1"))) {
            throw new IOException("The containers of Docker do not see the files of " + project
                    + ". Docker has to run on this machine, with the right to share that folder.");
        }
    }

    /** Returns a container, if there is one with this id. */
    public Optional<Found> find(String id) throws IOException {
        return id.isEmpty() ? Optional.empty() : list("id=" + id).stream().findFirst();
    }

    /**
     * Starts the server of a folder in a new container, and waits until it accepts the login.
     *
     * @param preferred the port to listen on if it is free; 0 for any
     * @param script SQL that the server runs when it starts, and that creates the login
     * @param observer hears of each container before it is started; this process may be killed while it waits
     * @throws IOException if it is not ready in time; then it is removed, and the message has its last lines of output
     */
    public void start(Path folder, int preferred, Path script, String user, String password, Observer observer)
            throws IOException {
        var owner = user(folder);
        FreePort.with(preferred, port -> {
            observer.choose(port);
            var command = command("create", folder, script, owner);
            command.addAll(List.of("--publish", "127.0.0.1:" + port + ":3306", image));
            command.addAll(settings(owner));
            command.add("--port=3306");
            var id = docker.run(COMMAND_TIMEOUT, command).text();
            observer.created(id);
            try {
                docker.run(COMMAND_TIMEOUT, List.of("start", id));
                awaitReady(id, port, user, password);
            } catch (IOException e) {
                remove(id);
                var isTaken = String.valueOf(e.getMessage()).contains("port is already allocated");
                throw isTaken ? new IOException("The port " + port + " is in use.", e) : e;
            }
            return port;
        });
    }

    /** Ends the server in a container, and removes the container. Has no effect if there is none. */
    public void remove(String id) throws IOException {
        if (find(id).filter(Found::running).isPresent()) {
            try { // it is told to end, and after a time killed
                docker.run(COMMAND_TIMEOUT, List.of("stop", "-t", String.valueOf(END_TIMEOUT.toSeconds()), id));
            } catch (IOException e) {
                LOG.debug("The container {} is killed", id, e);
            }
        }
        if (find(id).isPresent()) {
            docker.run(COMMAND_TIMEOUT, List.of("rm", "--force", "--volumes", id));
        }
    }

    /** Ends and removes all containers that were made for this project. */
    public void removeAll() throws IOException {
        for (var container : list("label=" + LABEL + "=" + project)) {
            remove(container.id());
        }
    }

    /** Returns the answer to a question, which fails only if nobody answers. */
    private String ask(List<String> question) throws IOException {
        try {
            return docker.run(ANSWER_TIMEOUT, question).text();
        } catch (IOException e) {
            throw new IOException("Docker does not answer. " + e.getMessage() + " Start Docker, and try again.", e);
        }
    }

    private List<Found> list(String filter) throws IOException {
        var format = "{{.ID}}\t{{.State}}\t{{.Label \"" + LABEL + "\"}}";
        var command = List.of("ps", "--all", "--no-trunc", "--filter", filter, "--format", format);
        return ask(command)
                .lines()
                .map(line -> line.split("\t", -1))
                .map(words -> new Found(
                        words[0],
                        List.of("running", "paused", "restarting").contains(words[1]),
                        Path.of(words.length > 2 ? words[2] : "")))
                .toList();
    }

    private void pull() throws IOException {
        if (ask(List.of("images", "--quiet", image)).isEmpty()) {
            LOG.info("Docker pulls the image {}", image);
            try {
                docker.run(PULL_TIMEOUT, List.of("pull", "--quiet", image));
            } catch (IOException e) {
                throw new IOException(
                        "Docker does not have the image " + image + " and cannot pull it. " + e.getMessage(), e);
            }
        }
    }

    /** Returns the command that makes a container, up to what one has that another has not. */
    private List<String> command(String verb, Path folder, Path script, String user) {
        return new ArrayList<>(List.of(
                verb,
                "--name",
                name(),
                "--label",
                LABEL + "=" + project,
                "--user",
                user,
                "--security-opt",
                "label=disable", // SELinux would keep the server from the folder
                "--mount",
                mount(data(folder), DATA),
                "--mount",
                mount(script, SCRIPT) + ",readonly",
                "--entrypoint", // the image's own would give the files to another user
                "mysqld"));
    }

    /** Returns who the server is, so that its files belong to the owner of the folder. */
    private String user(Path folder) throws IOException {
        var security = ask(List.of("info", "--format", "{{.SecurityOptions}}"));
        var isNative = FileSystems.getDefault().supportedFileAttributeViews().contains("unix");
        if (!isNative || security.contains("name=rootless")) {
            return "0:0"; // there it is the user of this process
        }
        return Files.getAttribute(folder, "unix:uid") + ":" + Files.getAttribute(folder, "unix:gid");
    }

    private static List<String> settings(String user) {
        var settings = new ArrayList<>(SETTINGS);
        settings.addAll(List.of("--datadir=" + DATA, "--init-file=" + SCRIPT));
        if (user.startsWith("0:")) {
            settings.add("--user=root"); // it would not start as root by mistake
        }
        return settings;
    }

    /** Returns the value of an option, a line of CSV. Unlike the short form, it creates no source that is missing. */
    private static String mount(Path source, String target) {
        return "type=bind,\"source=" + source.toString().replace("\"", "\"\"") + "\",target=" + target;
    }

    private void awaitReady(String id, int port, String user, String password) throws IOException {
        var deadline = System.nanoTime() + START_TIMEOUT.toNanos();
        var url = MysqlUrl.SCHEME + "127.0.0.1:" + port + "/?socketTimeout=" + ANSWER_TIMEOUT.toMillis();
        var database = UnpooledDataSource.of(url, user, password);
        try {
            while (true) {
                var isRunning = find(id).filter(Found::running).isPresent();
                try (var connection = database.getConnection()) {
                    LOG.debug("The container {} answers: {}", id, connection);
                    return;
                } catch (SQLException e) {
                    if (!isRunning) {
                        throw new IOException(
                                "Its last output: "
                                        + docker.run(ANSWER_TIMEOUT, List.of("logs", id))
                                                .summary(),
                                e);
                    }
                    if (System.nanoTime() > deadline) {
                        throw new IOException(
                                "It was not ready within " + START_TIMEOUT.toSeconds() + " s: " + e.getMessage(), e);
                    }
                }
                TimeUnit.NANOSECONDS.sleep(POLL.toNanos());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("The thread was interrupted while it waited for the server.", e);
        }
    }

    private static Path data(Path folder) {
        return folder.resolve("data");
    }

    /**
     * A container that is there.
     *
     * @param project the directory of the project that it was made for
     */
    public record Found(String id, boolean running, Path project) {}

    /** Hears of a server that is being started. */
    public interface Observer {

        /** Takes the port, before the server is started on it. */
        void choose(int port) throws IOException;

        /** Takes the id of the container. */
        void created(String id) throws IOException;
    }
}
