package dev.rowan.bench.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.rowan.db.ServerOptions;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;

final class BenchmarkOptionsTest {

    private static final String URL = "jdbc:mysql://localhost:1/none";

    @Test
    void theServerOfTheBuildIsTheDefault() {
        var server = options(Map.of("bench.server", "", "bench.user", "", "bench.password", ""))
                .server();

        assertEquals(ServerOptions.fromSystem(), server);
    }

    @Test
    void aGivenServerHasItsOwnUserAndPassword() {
        var server = options(Map.of("bench.server", URL, "bench.user", "ann", "bench.password", "canary"))
                .server();

        assertEquals(URL, server.server());
        assertEquals("ann", server.user());
        assertEquals("canary", server.password());
    }

    @Test
    void aGivenServerWithoutCredentialsTakesThoseOfItsUrl() {
        var server = options(Map.of("bench.server", URL, "bench.user", "", "bench.password", ""))
                .server();

        assertEquals(ServerOptions.of(URL).user(), server.user());
        assertEquals(ServerOptions.of(URL).password(), server.password());
    }

    @Test
    void contestantsKeepTheRequestedOrder() {
        assertEquals(
                List.of(Contestant.ROWAN, Contestant.RAW_DEFAULTS),
                options(Map.of("bench.contestants", "rowan, raw-defaults")).contestants());
    }

    @Test
    void anUnknownContestantIsAnsweredWithTheListOfAll() {
        var mistake =
                assertThrows(IllegalArgumentException.class, () -> options(Map.of("bench.contestants", "raw,rwa")));

        assertEquals(
                "Unknown contestant 'rwa'. Choose from: rowan, raw, raw-defaults, jooq, hibernate, hibernate-stateless,"
                        + " spring-data-jdbc, spring-jdbcclient, mybatis, jdbi, ebean, sqlalchemy-orm, sqlalchemy-core.",
                mistake.getMessage());
    }

    private static BenchmarkOptions options(Map<String, String> given) {
        var properties = new Properties();
        properties.putAll(given);
        return BenchmarkOptions.of(properties);
    }
}
