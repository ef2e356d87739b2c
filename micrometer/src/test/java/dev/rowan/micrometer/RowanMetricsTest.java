package dev.rowan.micrometer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rowan.Database;
import dev.rowan.config.DatabaseOptions;
import dev.rowan.error.TransientFailure;
import dev.rowan.junit.TestDatabase;
import dev.rowan.micrometer.schema.repositories.UsersRepository;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The meters of a database. */
class RowanMetricsTest {

    @RegisterExtension
    static final TestDatabase DB =
            TestDatabase.of("rowan/changelog/master.yaml").restoring();

    private static final Pattern ROW = Pattern.compile("(?m)^\\| `(rowan\\.[a-z.]+)`");

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    @Test
    void theyShowWhatTheDatabaseHasDone() {
        try (var database = Database.open(DatabaseOptions.of(DB.url(), DB.user(), DB.password()))) {
            new RowanMetrics(database, Tags.of("db", "shop")).bindTo(registry);
            var users = new UsersRepository(database);
            var attempts = new AtomicInteger();

            database.transaction(session -> {
                users.in(session).insert(u -> u.setName("Ann"));
                assertEquals(1, registry.get("rowan.connections.used").gauge().value());
                if (attempts.incrementAndGet() == 1) {
                    throw new TransientFailure("a deadlock", TransientFailure.Kind.DEADLOCK, null);
                }
            });
            users.all().list();

            assertEquals(
                    7,
                    registry.get("rowan.statements")
                            .tag("db", "shop")
                            .functionTimer()
                            .count());
            assertTrue(registry.get("rowan.statements").functionTimer().totalTime(TimeUnit.NANOSECONDS) > 0);
            assertEquals(1, counter("rowan.transactions", "outcome", "committed"));
            assertEquals(1, counter("rowan.transactions", "outcome", "rolled_back"));
            assertEquals(1, counter("rowan.retries", "db", "shop"));
            assertEquals(1, counter("rowan.rows", "direction", "read"));
            assertEquals(2, counter("rowan.rows", "direction", "written"));
            assertEquals(2, counter("rowan.sql.rendered", "db", "shop"));
            assertEquals(2, registry.get("rowan.sql.cached").gauge().value());
            assertEquals(0, registry.get("rowan.connections.used").gauge().value());
        }
    }

    private double counter(String name, String tag, String value) {
        return registry.get(name).tag(tag, value).functionCounter().count();
    }

    @Test
    void thePageListsThem() throws IOException {
        try (var database = Database.open(DatabaseOptions.of(DB.url(), DB.user(), DB.password()))) {
            new RowanMetrics(database).bindTo(registry);
        }
        var names = new TreeSet<String>();
        registry.getMeters().stream().map(Meter::getId).map(Meter.Id::getName).forEach(names::add);

        var listed = new TreeSet<String>();
        var page = Files.readString(Path.of("../docs/observability.md"));
        ROW.matcher(page.substring(page.indexOf("## Meters"))).results().forEach(row -> listed.add(row.group(1)));
        assertEquals(names, listed);
    }
}
