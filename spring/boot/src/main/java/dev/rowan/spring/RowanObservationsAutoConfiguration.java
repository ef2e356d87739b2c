package dev.rowan.spring;

import dev.rowan.micrometer.DefaultStatementObservationConvention;
import dev.rowan.micrometer.DefaultTransactionObservationConvention;
import dev.rowan.micrometer.RowanObservations;
import dev.rowan.micrometer.StatementObservationConvention;
import dev.rowan.micrometer.TransactionObservationConvention;
import io.micrometer.observation.ObservationRegistry;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/** Makes observations of the statements and transactions of the {@code Database}. */
@AutoConfiguration(
        before = RowanAutoConfiguration.class,
        afterName = "org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration")
@ConditionalOnClass({RowanObservations.class, ObservationRegistry.class})
@ConditionalOnBean(ObservationRegistry.class)
@ConditionalOnBooleanProperty(name = "rowan.observations.enabled", matchIfMissing = true)
@EnableConfigurationProperties(RowanProperties.class)
final class RowanObservationsAutoConfiguration {

    /** Comes before the service's own customizers, which may set another observer. */
    @Bean
    @Order(Ordered.HIGHEST_PRECEDENCE)
    DatabaseCustomizer rowanObservations(
            ObservationRegistry registry,
            RowanProperties properties,
            ObjectProvider<StatementObservationConvention> ofStatements,
            ObjectProvider<TransactionObservationConvention> ofTransactions) {
        var observations = RowanObservations.in(registry)
                .withConvention(ofStatements.getIfAvailable(() -> new DefaultStatementObservationConvention(
                        properties.observations().queryText())))
                .withConvention(ofTransactions.getIfAvailable(DefaultTransactionObservationConvention::new));
        return options -> options.withObserver(observations);
    }
}
