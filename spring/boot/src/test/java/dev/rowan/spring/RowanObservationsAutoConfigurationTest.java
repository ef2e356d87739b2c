package dev.rowan.spring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rowan.Database;
import dev.rowan.config.TransactionOptions;
import dev.rowan.error.TransientFailure;
import dev.rowan.junit.TestDatabase;
import dev.rowan.micrometer.DefaultStatementObservationConvention;
import dev.rowan.micrometer.RowanMetrics;
import dev.rowan.micrometer.RowanObservations;
import dev.rowan.micrometer.StatementObservationConvention;
import dev.rowan.spring.schema.repositories.UsersRepository;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The observations and meters of a service. */
class RowanObservationsAutoConfigurationTest {

    @RegisterExtension
    static final TestDatabase DB =
            TestDatabase.of("db/changelog/db.changelog-master.yaml").restoring();

    private final List<Observation.Context> stopped = new ArrayList<>();
    private final ObservationRegistry registry = ObservationRegistry.create();
    private final ApplicationContextRunner unobserved = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    DataSourceAutoConfiguration.class,
                    DataSourceTransactionManagerAutoConfiguration.class,
                    RowanAutoConfiguration.class,
                    RowanRepositoriesAutoConfiguration.class,
                    RowanObservationsAutoConfiguration.class,
                    RowanMetricsAutoConfiguration.class))
            .withPropertyValues(
                    "spring.datasource.url=" + DB.url(),
                    "spring.datasource.username=" + DB.user(),
                    "spring.datasource.password=" + DB.password(),
                    "spring.datasource.hikari.maximum-pool-size=2",
                    "rowan.packages=dev.rowan.spring");
    private final ApplicationContextRunner service = unobserved.withBean(ObservationRegistry.class, () -> registry);

    RowanObservationsAutoConfigurationTest() {
        registry.observationConfig().observationHandler(new ObservationHandler<>() {
            @Override
            public void onStop(Observation.Context context) {
                stopped.add(context);
            }

            @Override
            public boolean supportsContext(Observation.Context context) {
                return true;
            }
        });
    }

    private static void count(ApplicationContext context) {
        context.getBean(UsersRepository.class).all().count();
    }

    private List<String> names() {
        return stopped.stream().map(Observation.Context::getContextualName).toList();
    }

    @Test
    void statementsAndTransactionsAreObservedWhereThereIsARegistry() {
        service.run(context -> {
            stopped.clear(); // the check of the schema
            context.getBean(Database.class).transaction(TransactionOptions.named("count"), session -> count(context));

            assertEquals(List.of("SELECT users", "transaction count"), names());
            var parent = Objects.requireNonNull(stopped.getFirst().getParentObservation());
            assertEquals(stopped.getLast(), parent.getContextView());
        });
    }

    @Test
    void aTransactionOfSpringsIsNotObservedButItsStatementsAre() {
        service.run(context -> {
            stopped.clear();
            new TransactionTemplate(context.getBean(PlatformTransactionManager.class))
                    .executeWithoutResult(status -> count(context));

            assertEquals(List.of("SELECT users"), names());
        });
    }

    @Test
    void withoutARegistryNothingIsObserved() {
        unobserved.run(context -> {
            count(context);
            assertFalse(context.containsBean("rowanObservations"));
            assertTrue(stopped.isEmpty());
        });
    }

    /** A service that meets deadlocks. */
    static class Unlucky {

        private int deadlocks;

        @RetryOnTransientFailure(maxRetries = 2)
        int meet(int expected, RuntimeException failure) {
            if (deadlocks++ < expected) {
                throw failure;
            }
            return deadlocks;
        }
    }

    private static double count(MeterRegistry meters, String name) {
        return meters.get(name).functionCounter().count();
    }

    @Test
    void transientFailuresOfMethodsThatSpringRunsAgainAreCounted() {
        unobserved.withBean(Unlucky.class).run(context -> {
            var meters = new SimpleMeterRegistry();
            context.getBean(MethodRetryMetrics.class).bindTo(meters);
            var deadlock = new TransientFailure("A deadlock.", TransientFailure.Kind.DEADLOCK, null);

            assertEquals(3, context.getBean(Unlucky.class).meet(2, deadlock));
            assertEquals(2, count(meters, "rowan.methods.failed"));
            assertEquals(0, count(meters, "rowan.methods.exhausted"));

            assertThrows(
                    RuntimeException.class, () -> context.getBean(Unlucky.class).meet(9, deadlock));
            assertEquals(5, count(meters, "rowan.methods.failed"));
            assertEquals(1, count(meters, "rowan.methods.exhausted"));

            var mistake = new IllegalStateException();
            assertThrows(
                    IllegalStateException.class,
                    () -> context.getBean(Unlucky.class).meet(9, mistake));
            assertEquals(5, count(meters, "rowan.methods.failed"));
            assertEquals(1, count(meters, "rowan.methods.exhausted"));
        });
    }

    @Test
    void aServiceWithoutMicrometersMetersStarts() {
        service.withClassLoader(new FilteredClassLoader("dev.rowan.micrometer", "io.micrometer.core"))
                .run(context -> {
                    count(context);
                    assertTrue(stopped.isEmpty());
                });
    }

    @Test
    void propertiesLeaveOutObservationsOrTheirText() {
        service.withPropertyValues("rowan.observations.enabled=false").run(context -> {
            count(context);
            assertTrue(stopped.isEmpty());
        });
        service.withPropertyValues("rowan.observations.query-text=false").run(context -> {
            count(context);
            assertNull(stopped.getLast().getHighCardinalityKeyValue("db.query.text"));
        });
    }

    @Test
    void aConventionOfTheServiceIsUsed() {
        service.withBean(StatementObservationConvention.class, () -> new DefaultStatementObservationConvention() {
                    @Override
                    public String getName() {
                        return "my.statements";
                    }
                })
                .run(context -> {
                    count(context);
                    assertEquals("my.statements", stopped.getLast().getName());
                });
    }

    @Test
    void aCustomizerOfTheServiceMaySetAnotherObserver() {
        var other = RowanObservations.in(ObservationRegistry.NOOP);
        service.withBean(DatabaseCustomizer.class, () -> options -> options.withObserver(other))
                .run(context -> {
                    count(context);
                    assertTrue(stopped.isEmpty());
                });
    }

    @Test
    void theMetersAreABeanWhereTheDatabaseIs() {
        service.withBean(MeterRegistry.class, SimpleMeterRegistry::new).run(context -> {
            var meters = context.getBean(MeterRegistry.class);
            context.getBean(RowanMetrics.class).bindTo(meters);

            count(context);

            assertTrue(meters.get("rowan.statements").functionTimer().count() > 0);
        });
    }
}
