package dev.rowan.maven.process;

import java.nio.file.Path;
import java.util.Locale;
import java.util.function.UnaryOperator;

/** The directory that Rowan keeps in the user's cache; the generator, which unpacks a server to it, finds the same. */
public final class UserCache {

    private UserCache() {}

    /**
     * Returns the directory.
     *
     * @param chosen what the project or the environment names; blank for the platform's default
     * @param environment returns the value of a variable, or an empty text
     */
    public static Path directory(String chosen, UnaryOperator<String> environment) {
        if (!chosen.isBlank()) {
            return Path.of(chosen).toAbsolutePath();
        }
        var home = Path.of(System.getProperty("user.home"));
        var system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        if (system.startsWith("windows")) {
            return named(environment.apply("LOCALAPPDATA"), home.resolve("AppData/Local"));
        }
        return system.startsWith("mac")
                ? home.resolve("Library/Caches/rowan")
                : named(environment.apply("XDG_CACHE_HOME"), home.resolve(".cache"));
    }

    private static Path named(String directory, Path otherwise) {
        return (directory.isBlank() ? otherwise : Path.of(directory).toAbsolutePath()).resolve("rowan");
    }
}
