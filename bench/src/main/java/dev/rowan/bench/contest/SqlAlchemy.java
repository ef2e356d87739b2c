package dev.rowan.bench;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** SQLAlchemy as Debian has it: a script beside the others, where its packages are installed. */
final class SqlAlchemy {

    /** What to say where it is not. */
    static final String MISSING = "SQLAlchemy is left out: it is not installed here"
            + " (apt-get install python3-sqlalchemy python3-sqlalchemy-ext python3-mysqldb).";

    /** Debian's own, wherever another one is first on the path. */
    private static final String PYTHON = "/usr/bin/python3";

    private SqlAlchemy() {}

    /** Returns its version; empty where it or the driver is not installed. */
    static Optional<String> version() throws InterruptedException {
        try {
            var python = new ProcessBuilder(PYTHON, "-c", "import MySQLdb, sqlalchemy; print(sqlalchemy.__version__)")
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            var version = new String(python.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            return python.waitFor() == 0 ? Optional.of(version) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Returns the command that starts it, by scripts that are put into the directory. */
    static List<String> command(Entrant entrant, Path directory) throws IOException {
        for (var script : List.of("contestant.py", "sqlalchemy_peers.py")) {
            try (var source = SqlAlchemy.class.getResourceAsStream("/bench/" + script)) {
                Files.write(
                        directory.resolve(script),
                        requireNonNull(source, script).readAllBytes());
            }
        }
        return List.of(PYTHON, directory.resolve("contestant.py").toString(), entrant.title());
    }
}
