package dev.rowan.app;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The main class of the users service: without arguments a walk-through of Rowan, otherwise a command line. */
@Command(
        name = "rowan-app",
        scope = ScopeType.INHERIT,
        sortOptions = false,
        usageHelpWidth = 100,
        description = {
            "Manages users in a MySQL database.",
            "Without a command, demonstrates Rowan step by step on a temporary database.",
            "",
            "From Maven: mvn -q compile exec:exec -Drowan.args=\"users list --limit 5\"",
        },
        descriptionHeading = "%n",
        optionListHeading = "%nOptions:%n",
        parameterListHeading = "%n",
        commandListHeading = "%nCommands:%n",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:Success.",
            "1:Failure: the user does not exist, or the database is unreachable or rejected the request.",
            "2:Invalid request: a mistake in the command line, or a value that violates the schema.",
        })
public final class Main implements Callable<Integer> {

    @SuppressWarnings("UnusedVariable") // read by picocli
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = ScopeType.INHERIT,
            order = 100,
            description = "Show this help.")
    private boolean help;

    private final PrintStream out;

    private Main(PrintStream out) {
        this.out = out;
    }

    /** Runs the command, and ends the process with one of the exit codes that {@code --help} lists. */
    public static void main(String[] args) {
        System.exit(run(System.out, System.err, args));
    }

    /** Runs the command, and returns the exit code. */
    static int run(PrintStream out, PrintStream err, String... args) {
        var errorReporter = new ErrorReporter();
        return new CommandLine(new Main(out))
                .addSubcommand(new UsersCommand(out))
                .addSubcommand(new MigrateCommand(out))
                .addSubcommand(new EnvironmentCommand(out))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExpandAtFiles(false) // a value that begins with @ is a value
                .setParameterExceptionHandler(errorReporter)
                .setExecutionExceptionHandler(errorReporter)
                .setOut(new PrintWriter(out, true, out.charset()))
                .setErr(new PrintWriter(err, true, err.charset()))
                .execute(args);
    }

    /** Runs the walk-through. */
    @Override
    public Integer call() {
        new WalkThrough(new WalkThroughPrinter(out)).run();
        return CommandLine.ExitCode.OK;
    }
}
