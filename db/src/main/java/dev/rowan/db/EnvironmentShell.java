package dev.rowan.db;

import dev.rowan.db.internal.jdbc.UnpooledDataSource;
import dev.rowan.db.internal.shell.SqlShell;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The process with the prompt for SQL on an environment. It finds the login as every process does, so that its command
 * line shows none.
 */
final class EnvironmentShell {

    private static final Logger LOG = LoggerFactory.getLogger(EnvironmentShell.class);

    private EnvironmentShell() {}

    /** Returns the command that starts the process, with the class path of this one. */
    static List<String> command(Path project, BinarySource libraries) {
        var path = new ArrayList<>(List.of(System.getProperty("java.class.path")));
        path.addAll(lineEditor(libraries).stream().map(Path::toString).toList());
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "-Djdk.console=java.base", // it is null without a terminal, in every version
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
                "-cp",
                String.join(File.pathSeparator, path),
                EnvironmentShell.class.getName(),
                project.toString());
    }

    private static List<Path> lineEditor(BinarySource libraries) {
        var jars = new ArrayList<Path>();
        if (!SqlShell.hasLineEditor()) {
            try {
                for (var coordinates : SqlShell.LINE_EDITOR) {
                    jars.add(libraries.fetch(coordinates));
                }
            } catch (IOException e) {
                LOG.warn(
                        "The prompt has no history, and no editor of lines, because JLine is missing. {}",
                        e.getMessage());
                return List.of();
            }
        }
        return jars;
    }

    /**
     * Opens the prompt. The exit code is 1 if a statement failed that came through a pipe.
     *
     * @param arguments the directory of the project
     */
    public static void main(String[] arguments) throws IOException {
        try {
            var environment = ProjectEnvironment.find(Path.of(arguments[0]))
                    .orElseThrow(() -> new ServerException("There is no environment in " + arguments[0] + ".", null));
            var server = environment
                    .server()
                    .orElseThrow(
                            () -> new ServerException("The environment in " + arguments[0] + " is stopped.", null));
            var database =
                    UnpooledDataSource.of(server.url() + "?tinyInt1isBit=false", server.user(), server.password());
            if (!SqlShell.open(database, server.description(), environment.historyFile())) {
                System.exit(1);
            }
        } catch (ServerException e) {
            System.err.println(e.getMessage());
            System.exit(1);
        }
    }
}
