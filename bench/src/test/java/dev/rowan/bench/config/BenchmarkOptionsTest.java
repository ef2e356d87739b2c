package dev.rowan.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.rowan.db.ServerOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SettingsTest {

    private static final String URL = "jdbc:mysql://localhost:1/none";

    @Test
    void theServerOfTheBuildIsMeasuredOnWhereNoOtherIsGiven() {
        var server = settings(Map.of("bench.server", "", "bench.user", "", "bench.password", ""))
                .server();

        assertEquals(ServerOptions.fromSystem(), server);
    }

    @Test
    void aServerThatIsGivenHasItsOwnUserAndPassword() {
        var server = settings(Map.of("bench.server", URL, "bench.user", "ann", "bench.password", "canary"))
                .server();

        assertEquals(URL, server.server());
        assertEquals("ann", server.user());
        assertEquals("canary", server.password());
    }

    @Test
    void aServerThatIsGivenAloneHasTheUserAndPasswordOfItsUrl() {
        var server = settings(Map.of("bench.server", URL, "bench.user", "", "bench.password", ""))
                .server();

        assertEquals(ServerOptions.of(URL).user(), server.user());
        assertEquals(ServerOptions.of(URL).password(), server.password());
    }

    @Test
    void contestantsComeInTheOrderThatTheyAreAskedForIn() {
        assertEquals(
                List.of(Entrant.ROWAN, Entrant.RAW_DEFAULTS),
                settings(Map.of("bench.contestants", "rowan, raw-defaults")).entrants());
    }

    @Test
    void whoAsksForAContestantThatThereIsNotIsToldWhichThereAre() {
        var mistake =
                assertThrows(IllegalArgumentException.class, () -> settings(Map.of("bench.contestants", "raw,rwa")));

        assertEquals(
                "There is no contestant 'rwa'. There are: rowan, raw, raw-defaults, jooq, hibernate, hibernate-stateless,"
                        + " spring-data-jdbc, spring-jdbcclient, mybatis, jdbi, ebean, sqlalchemy-orm, sqlalchemy-core.",
                mistake.getMessage());
    }

    @Test
    void aMistakeIsOneLineAndAnExitCode(@TempDir Path directory) throws Exception {
        var program = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        "-Dbench.measures=fnd",
                        "-Dbench.directory=" + directory,
                        Main.class.getName())
                .redirectErrorStream(true)
                .start();
        var lines = program.inputReader().lines().toList();

        assertEquals(2, program.waitFor());
        assertEquals(
                List.of(assertThrows(IllegalArgumentException.class, () -> Measure.titled("fnd"))
                        .getMessage()),
                lines);
    }

    private static Settings settings(Map<String, String> given) {
        var properties = new Properties();
        properties.putAll(given);
        return Settings.of(properties);
    }
}
