package dev.rowan.cli;

import java.util.regex.Pattern;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * Reports a mistake in the command line. It shows the names of options and of their files, never values: one may be a
 * password.
 */
final class UsageErrorReporter implements IParameterExceptionHandler {

    private static final Pattern WITHOUT = Pattern.compile("(?s)should be specified without '.*' parameter");

    @Override
    public int handleParseException(ParameterException e, String[] arguments) {
        var command = e.getCommandLine();
        command.getErr().println(message(e) + " See " + command.getCommandSpec().qualifiedName() + " --help");
        return ExitCode.USAGE;
    }

    private static String message(ParameterException e) {
        if (!(e instanceof UnmatchedArgumentException unmatched)) {
            return WITHOUT.matcher(String.valueOf(e.getMessage()))
                            .replaceFirst("takes no value")
                            .replaceFirst("(?s) but was .*", "")
                    + ".";
        }
        var argument = unmatched.getUnmatched().getFirst();
        if (argument.startsWith("@")) {
            return "The file of options " + argument.substring(1) + " does not exist or cannot be read.";
        }
        var first = argument.replaceFirst("(?s)=.*", "");
        if (unmatched.isUnknownOption()) {
            return "Unknown option " + first + ".";
        }
        return e.getCommandLine().getSubcommands().isEmpty()
                ? "Too many arguments. Quote values that contain spaces."
                : "Unknown command " + first + ".";
    }
}
