package dev.rowan.spring;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.zaxxer.hikari.HikariDataSource;
import dev.rowan.Database;
import java.net.URLDecoder;
import java.util.Properties;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.scope.ScopedProxyUtils;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.AbstractBeanDefinition;

/**
 * Gives the connections of the service's HikariCP pool the settings that Rowan needs. What the service has set itself
 * stays, in the URL too; {@link Database#over} refuses a pool where that is wrong.
 */
final class PoolTuner implements BeanPostProcessor {

    private static final String SESSION_VARIABLES = "sessionVariables";

    private final ConfigurableListableBeanFactory beans;

    PoolTuner(ConfigurableListableBeanFactory beans) {
        this.beans = beans;
    }

    /** Runs after Spring Boot has set the properties of the pool, and before the pool makes a connection. */
    @Override
    public Object postProcessBeforeInitialization(Object bean, String name) {
        if (bean instanceof HikariDataSource pool && isOfMySql(pool) && isOnlyCandidate(name)) {
            tune(pool.getDataSourceProperties(), String.valueOf(pool.getJdbcUrl()));
        }
        return bean;
    }

    private static boolean isOfMySql(HikariDataSource pool) {
        return pool.getJdbcUrl() != null && pool.getJdbcUrl().startsWith("jdbc:mysql:");
    }

    /**
     * Returns whether the Database is over this pool: others keep their settings. It is the one that Spring injects
     * where a {@code DataSource} is asked for by its type.
     */
    private boolean isOnlyCandidate(String name) {
        var candidates = Stream.of(beans.getBeanNamesForType(DataSource.class, true, false))
                .filter(candidate -> has(candidate, PoolTuner::isCandidate))
                .toList();
        var primary = candidates.stream()
                .filter(candidate -> has(candidate, BeanDefinition::isPrimary))
                .toList();
        var preferred = candidates.stream()
                .filter(candidate -> has(candidate, definition -> !definition.isFallback()))
                .toList();
        var injected = primary.isEmpty() ? preferred.isEmpty() ? candidates : preferred : primary;
        return injected.size() == 1 && isPool(name, injected.getFirst());
    }

    /** Returns whether the name is that of the candidate, or of the pool behind it if that is a scoped proxy. */
    private static boolean isPool(String name, String candidate) {
        return name.equals(candidate) || name.equals(ScopedProxyUtils.getTargetBeanName(candidate));
    }

    private boolean has(String name, Predicate<BeanDefinition> property) {
        return beans.containsBeanDefinition(name) && property.test(beans.getMergedBeanDefinition(name));
    }

    private static boolean isCandidate(BeanDefinition definition) {
        return definition.isAutowireCandidate()
                && (!(definition instanceof AbstractBeanDefinition full) || full.isDefaultCandidate());
    }

    /** Adds properties: one that is given apart replaces that of the URL. */
    static void tune(Properties properties, String url) {
        Database.driverProperties().forEach((name, value) -> {
            var inUrl = valueIn(url, name);
            if (name.equals(SESSION_VARIABLES)) {
                var own = properties.getProperty(name, inUrl);
                // of several assignments to a variable the last counts
                properties.setProperty(name, own == null || own.isBlank() ? value : own + ", " + value);
            } else if (inUrl == null) {
                properties.putIfAbsent(name, value);
            }
        });
    }

    private static @Nullable String valueIn(String url, String property) {
        var found = Pattern.compile("[?&]" + property + "=([^&#]*)").matcher(url);
        return found.find() ? URLDecoder.decode(found.group(1), UTF_8) : null;
    }
}
