package dev.rowan.app;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.rowan.Database;
import dev.rowan.app.schema.repositories.UsersRepository;
import dev.rowan.config.DatabaseOptions;
import dev.rowan.micrometer.RowanMetrics;
import dev.rowan.micrometer.RowanObservations;
import io.micrometer.core.instrument.observation.DefaultMeterObservationHandler;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Compiles and runs the Java of {@code docs/observability.md}. */
final class ReadmeObservabilityTest {

    @RegisterExtension
    static final ServiceDatabase SERVICE = new ServiceDatabase();

    @Test
    void turnItOn() {
        var url = SERVICE.options().url();
        var user = SERVICE.options().user();
        var password = SERVICE.options().password();
        var meters = new SimpleMeterRegistry();
        var observations = ObservationRegistry.create();
        observations.observationConfig().observationHandler(new DefaultMeterObservationHandler(meters));

        // README: observability
        var options = DatabaseOptions.of(url, user, password).withObserver(RowanObservations.in(observations));
        var database = Database.open(options);
        new RowanMetrics(database).bindTo(meters);
        // end

        try (database) {
            new UsersRepository(database).all().count();
        }
        assertEquals(1, meters.get("rowan.statements").functionTimer().count());
        assertEquals(
                1,
                meters.get("db.client.operation.duration")
                        .tag("db.query.summary", "SELECT users")
                        .timer()
                        .count());
    }
}
