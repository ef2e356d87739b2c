package dev.rowan.spring;

import dev.rowan.config.DataSourceOptions;

/**
 * Changes the options of the auto-configured {@link dev.rowan.Database}: a bean of this type can add what properties
 * cannot say, such as a listener of jOOQ. Beans are applied in their order.
 *
 * <pre>{@code
 * @Bean
 * DatabaseCustomizer tracing() {
 *     return options -> options.withConfiguration(jooq -> jooq.deriveAppending(new TracingListener()));
 * }
 * }</pre>
 */
@FunctionalInterface
public interface DatabaseCustomizer {

    /** Returns the options to use in place of those given, which are the properties'. */
    DataSourceOptions customize(DataSourceOptions options);
}
