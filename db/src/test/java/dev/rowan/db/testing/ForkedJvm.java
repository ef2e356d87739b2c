package dev.rowan.db.testing;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Starts a JVM with the class path of this one, which a test may kill. */
public final class ForkedJvm {

    private ForkedJvm() {}

    /** Starts a main class. The process's input stream carries both standard output and standard error. */
    public static Process start(Class<?> main, List<String> options) throws IOException {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-XX:TieredStopAtLevel=1");
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path", "." + File.pathSeparator)));
        command.add(main.getName());
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }
}
