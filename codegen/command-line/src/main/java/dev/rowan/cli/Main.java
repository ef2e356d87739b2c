package dev.rowan.cli;

import dev.rowan.codegen.GeneratorGoal;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.util.Map;
import picocli.CommandLine;

/** The main class: runs a command, such as {@code generate}. */
public final class Main {

    private Main() {}

    /** Runs the command, and ends the process with one of the exit codes that {@code --help} lists. */
    public static void main(String[] arguments) {
        GeneratorGoal.prepareProcess();
        var out = System.out;
        System.setOut(System.err); // what libraries print is no result
        System.exit(run(out, System.err, System.getenv(), arguments));
    }

    /** Runs the command, and returns the exit code. */
    static int run(PrintStream out, PrintStream err, Map<String, String> environment, String... arguments) {
        return new CommandLine(Commands.root(environment))
                // a line of a file is an argument as it is: rules contain spaces, quotes and backslashes
                .setUseSimplifiedAtFiles(true)
                // names of directories and values of the environment are defaults as they are, too
                .setInterpolateVariables(false)
                .setParameterExceptionHandler(new UsageErrorReporter())
                .setOut(new PrintWriter(out, true, out.charset()))
                .setErr(new PrintWriter(err, true, err.charset()))
                .execute(arguments);
    }
}
