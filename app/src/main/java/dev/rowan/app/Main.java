package dev.rowan.app;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The users service: a walk through Rowan when it is given no arguments, a command line otherwise. */
@Command(
        name = "rowan",
        scope = ScopeType.INHERIT,
        sortOptions = false,
        usageHelpWidth = 100,
        description = {
            "Keeps users in a MySQL database.",
            "Without a command it walks through Rowan, step by step, on a server of its own.",
            "",
            "From Maven: mvn -q compile exec:exec -Drowan.args=\"users list --limit 5\"",
        },
        descriptionHeading = "%n",
        optionListHeading = "%nOptions:%n",
        parameterListHeading = "%n",
        commandListHeading = "%nCommands:%n",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:Done.",
            "1:Not done: there is no such user, or the database does not answer or refuses us.",
            "2:Asked wrongly: the command line, or a value that the schema refuses.",
        })
public final class Main implements Callable<Integer> {

    @SuppressWarnings("UnusedVariable") // picocli reads it
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = ScopeType.INHERIT,
            order = 100,
            description = "Shows this help.")
    private boolean help;

    private final PrintStream out;

    private Main(PrintStream out) {
        this.out = out;
    }

    /** Runs what the arguments say, and ends the process with one of the exit codes that {@code --help} lists. */
    public static void main(String[] args) {
        System.exit(run(System.out, System.err, args));
    }

    /** Runs what the arguments say, and returns the exit code. */
    static int run(PrintStream out, PrintStream err, String... args) {
        var failures = new Failures();
        return new CommandLine(new Main(out))
                .addSubcommand(new UsersCommand(out))
                .addSubcommand(new MigrateCommand(out))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler(failures)
                .setExecutionExceptionHandler(failures)
                .setOut(new PrintWriter(out, true, out.charset()))
                .setErr(new PrintWriter(err, true, err.charset()))
                .execute(args);
    }

    /** Walks through Rowan. */
    @Override
    public Integer call() {
        new WalkThrough(new Narrator(out)).run();
        return CommandLine.ExitCode.OK;
    }
}
