package dev.rowan.cli;

import java.util.regex.Pattern;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Reports a mistake in the command line. It shows the names of options, never values: one may be a password. */
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
        var first = unmatched.getUnmatched().getFirst().replaceFirst("(?s)=.*", "");
        if (unmatched.getUnmatched().stream().anyMatch(argument -> argument.startsWith("@"))) {
            return "There is no file of options with the name that follows the @.";
        }
        if (unmatched.isUnknownOption()) {
            return "Unknown option " + first + ".";
        }
        return e.getCommandLine().getSubcommands().isEmpty()
                ? "Too many arguments. Quote values that contain spaces."
                : "Unknown command " + first + ".";
    }
}
