package dev.rowan.spring;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.zaxxer.hikari.HikariDataSource;
import dev.rowan.Database;
import java.net.URLDecoder;
import java.util.Properties;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;

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

    /** Returns whether the Database is over this pool: others keep their settings. */
    private boolean isOnlyCandidate(String name) {
        var names = beans.getBeanNamesForType(DataSource.class, true, false);
        return names.length <= 1
                || (beans.containsBeanDefinition(name)
                        && beans.getBeanDefinition(name).isPrimary());
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
