package dev.rowan.db.internal.embedded;

import java.nio.file.Path;
import java.util.Locale;

/**
 * The user's directory for files that can be created again: the system property {@code rowan.cache} or the environment
 * variable {@code ROWAN_CACHE} if set, else the platform's default.
 */
final class CacheDirectory {

    private CacheDirectory() {}

    static Path path() {
        var chosen = System.getProperty("rowan.cache", "");
        return chosen.isBlank()
                ? fromEnvironment("ROWAN_CACHE", platformDefault())
                : Path.of(chosen).toAbsolutePath();
    }

    private static Path platformDefault() {
        var home = Path.of(System.getProperty("user.home"));
        var system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        if (system.startsWith("windows")) {
            return fromEnvironment("LOCALAPPDATA", home.resolve("AppData/Local"))
                    .resolve("rowan");
        }
        if (system.startsWith("mac")) {
            return home.resolve("Library/Caches/rowan");
        }
        return fromEnvironment("XDG_CACHE_HOME", home.resolve(".cache")).resolve("rowan");
    }

    private static Path fromEnvironment(String variable, Path otherwise) {
        var value = System.getenv(variable);
        return value == null || value.isBlank() ? otherwise : Path.of(value).toAbsolutePath();
    }
}
