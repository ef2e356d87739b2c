package dev.rowan.app;

import dev.rowan.db.MigrationException;
import dev.rowan.db.ServerException;
import dev.rowan.error.ConstraintViolation;
import dev.rowan.error.DatabaseException;
import dev.rowan.error.InvalidPageToken;
import dev.rowan.error.InvalidValue;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Reports an expected error as one line on stderr and an exit code. Unexpected ones keep their stack trace. */
final class ErrorReporter implements IParameterExceptionHandler, IExecutionExceptionHandler {

    private static final int NO_SUCH_TABLE = 1146;

    @Override
    public int handleParseException(ParameterException e, String[] args) {
        var command = e.getCommandLine().getCommandSpec().qualifiedName().replaceFirst("^\\S+ ?", "");
        printLine(e.getCommandLine(), message(e) + " See " + (command + " --help").strip());
        return ExitCode.USAGE;
    }

    @Override
    public int handleExecutionException(Exception e, CommandLine command, ParseResult parsed) throws Exception {
        if (!isUsageError(e) && !isDatabaseError(e)) {
            throw e;
        }
        printLine(command, message(e));
        return isUsageError(e) ? ExitCode.USAGE : ExitCode.SOFTWARE;
    }

    private static boolean isUsageError(Exception e) {
        return e instanceof ConstraintViolation
                || e instanceof InvalidValue
                || e instanceof InvalidPageToken
                || e instanceof IllegalArgumentException;
    }

    private static boolean isDatabaseError(Exception e) {
        return e instanceof DatabaseException || e instanceof MigrationException || e instanceof ServerException;
    }

    private static String message(Exception e) {
        return e instanceof DatabaseException failure && failure.code() == NO_SUCH_TABLE
                ? "The database does not have the tables of this service. Create them with: migrate"
                : String.valueOf(e.getMessage());
    }

    /** Shows the names of options, never values: the value after a misspelt {@code --password} is a password. */
    private static String message(ParameterException e) {
        if (e.getArgSpec() instanceof OptionSpec option && option.longestName().equals("--password")) {
            return "The option --password takes no value: it prompts. Otherwise use --password-file, or $ROWAN_PASSWORD.";
        }
        if (!(e instanceof UnmatchedArgumentException unmatched)) {
            return String.valueOf(e.getMessage()).replaceFirst("^Error: ", "") + ".";
        }
        var first = unmatched.getUnmatched().getFirst().replaceFirst("=.*", "");
        if (unmatched.isUnknownOption()) {
            return "Unknown option " + first + ".";
        }
        return e.getCommandLine().getSubcommands().isEmpty()
                ? "Too many arguments. Quote values that contain spaces."
                : "Unknown command " + first + ".";
    }

    private static void printLine(CommandLine command, String message) {
        command.getErr().println(message.replaceAll("\\R+", " "));
    }
}
