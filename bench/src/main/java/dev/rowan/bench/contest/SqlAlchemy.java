package dev.rowan.bench.contest;

import static java.util.Objects.requireNonNull;

import dev.rowan.bench.config.Contestant;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The SQLAlchemy of Debian's packages, whose worker is a Python script. */
public final class SqlAlchemy {

    /** What the console shows if SQLAlchemy is not installed. */
    public static final String MISSING = "SQLAlchemy is not installed, so it is left out. To include it:"
            + " apt-get install python3-sqlalchemy python3-sqlalchemy-ext python3-mysqldb";

    /** Debian's interpreter, even if another one is first on the path. */
    private static final String PYTHON = "/usr/bin/python3";

    private SqlAlchemy() {}

    /** Returns the installed version; empty if SQLAlchemy or the driver is not installed. */
    public static Optional<String> version() throws InterruptedException {
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

    /** Copies the scripts into a directory, and returns the command of the worker. */
    static List<String> command(Contestant contestant, Path directory) throws IOException {
        for (var script : List.of("worker.py", "sqlalchemy_adapters.py")) {
            try (var source = SqlAlchemy.class.getResourceAsStream("/bench/" + script)) {
                Files.write(
                        directory.resolve(script),
                        requireNonNull(source, script).readAllBytes());
            }
        }
        return List.of(PYTHON, directory.resolve("worker.py").toString(), contestant.id());
    }
}
