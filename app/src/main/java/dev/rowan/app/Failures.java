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
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** What went wrong, as one line on stderr and an exit code. What nobody foresaw keeps its stack trace. */
final class Failures implements IParameterExceptionHandler, IExecutionExceptionHandler {

    private static final int NO_SUCH_TABLE = 1146;

    @Override
    public int handleParseException(ParameterException e, String[] args) {
        var command = e.getCommandLine().getCommandSpec().qualifiedName().replaceFirst("^rowan ?", "");
        say(e.getCommandLine(), words(e) + " See " + (command + " --help").strip());
        return ExitCode.USAGE;
    }

    @Override
    public int handleExecutionException(Exception e, CommandLine command, ParseResult parsed) throws Exception {
        if (!isAskedWrongly(e) && !isRefused(e)) {
            throw e;
        }
        say(command, words(e));
        return isAskedWrongly(e) ? ExitCode.USAGE : ExitCode.SOFTWARE;
    }

    private static boolean isAskedWrongly(Exception e) {
        return e instanceof ConstraintViolation
                || e instanceof InvalidValue
                || e instanceof InvalidPageToken
                || e instanceof IllegalArgumentException;
    }

    private static boolean isRefused(Exception e) {
        return e instanceof DatabaseException || e instanceof MigrationException || e instanceof ServerException;
    }

    private static String words(Exception e) {
        return e instanceof DatabaseException failure && failure.code() == NO_SUCH_TABLE
                ? "The database does not have the tables of this service. Make them with: migrate"
                : String.valueOf(e.getMessage());
    }

    /** Shows no more of the arguments than names: what follows a misspelt {@code --password} is a password. */
    private static String words(ParameterException e) {
        if (!(e instanceof UnmatchedArgumentException unmatched)) {
            return String.valueOf(e.getMessage()).replaceFirst("^Error: ", "") + ".";
        }
        var first = unmatched.getUnmatched().getFirst().replaceFirst("=.*", "");
        if (unmatched.isUnknownOption()) {
            return "There is no option " + first + ".";
        }
        return e.getCommandLine().getSubcommands().isEmpty()
                ? "There is an argument too many: quote what has spaces."
                : "There is no command " + first + ".";
    }

    private static void say(CommandLine command, String words) {
        command.getErr().println(words.replaceAll("\\R+", " "));
    }
}
