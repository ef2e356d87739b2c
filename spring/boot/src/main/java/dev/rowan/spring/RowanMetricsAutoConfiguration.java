package dev.rowan.spring;

import dev.rowan.Database;
import dev.rowan.micrometer.RowanMetrics;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.resilience.retry.MethodRetryEvent;

/** The meters of the {@code Database}, which Spring Boot binds to the service's registry. */
@AutoConfiguration(after = RowanAutoConfiguration.class)
@ConditionalOnClass({RowanMetrics.class, MeterRegistry.class})
@ConditionalOnSingleCandidate(Database.class)
final class RowanMetricsAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    RowanMetrics rowanMetrics(Database database) {
        return new RowanMetrics(database);
    }

    /** The retries that Spring tells of, since 7.0.3. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(MethodRetryEvent.class)
    static class Retries {

        @Bean
        MethodRetryMetrics rowanMethodRetryMetrics() {
            return new MethodRetryMetrics();
        }
    }
}
