package dev.rowan.internal.util;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MysqlUrlTest {

    /** Core and db share no code: the rules for URLs are tested in db. */
    @ParameterizedTest
    @ValueSource(strings = {"MysqlUrl", "UrlProperties"})
    void theRulesForUrlsAreThoseOfDb(String name) throws IOException {
        assertEquals(
                source("../db/src/main/java/dev/rowan/db/internal/jdbc/" + name),
                source("src/main/java/dev/rowan/internal/util/" + name));
    }

    @Test
    void theSettingsOfSessionsAreThoseOfDb() throws IOException {
        assertEquals(
                source("../db/src/main/java/dev/rowan/db/internal/jdbc/SessionSetting"),
                source("src/main/java/dev/rowan/internal/connection/SessionSetting"));
    }

    private static String source(String path) throws IOException {
        return Files.readString(Path.of(path + ".java")).replaceFirst("package [a-z.]+;", "package …;");
    }
}
