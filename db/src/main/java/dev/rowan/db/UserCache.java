package dev.rowan.db;

import java.nio.file.Path;
import java.util.Locale;

/** Where this user keeps what can be made again: {@code rowan.cache} if set, else where the platform wants it. */
final class UserCache {

    private UserCache() {}

    static Path folder() {
        var chosen = System.getProperty("rowan.cache", "");
        return chosen.isBlank() ? platformFolder() : Path.of(chosen).toAbsolutePath();
    }

    private static Path platformFolder() {
        var home = Path.of(System.getProperty("user.home"));
        var system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        if (system.startsWith("windows")) {
            return environment("LOCALAPPDATA", home.resolve("AppData/Local")).resolve("rowan");
        }
        if (system.startsWith("mac")) {
            return home.resolve("Library/Caches/rowan");
        }
        return environment("XDG_CACHE_HOME", home.resolve(".cache")).resolve("rowan");
    }

    private static Path environment(String variable, Path otherwise) {
        var value = System.getenv(variable);
        return value == null || value.isBlank() ? otherwise : Path.of(value).toAbsolutePath();
    }
}
