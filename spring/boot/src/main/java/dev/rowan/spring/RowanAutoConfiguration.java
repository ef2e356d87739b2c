package dev.rowan.spring;

import com.zaxxer.hikari.HikariDataSource;
import dev.rowan.Database;
import dev.rowan.config.DataSourceOptions;
import dev.rowan.config.Merging;
import dev.rowan.db.Migrator;
import dev.rowan.error.DatabaseException;
import javax.sql.DataSource;
import org.springframework.beans.factory.BeanClassLoaderAware;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.sql.init.dependency.DatabaseInitializationDependencyConfigurer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Role;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.resilience.annotation.RetryAnnotationBeanPostProcessor;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.util.ClassUtils;

/**
 * Migrates the service's database, and makes a {@link Database} over its pool that takes part in Spring's transactions.
 * A bean {@code Database} of the service's own takes the place of this one.
 */
@AutoConfiguration(
        after = {DataSourceAutoConfiguration.class, DataSourceTransactionManagerAutoConfiguration.class},
        afterName = "org.springframework.boot.liquibase.autoconfigure.LiquibaseAutoConfiguration")
@ConditionalOnSingleCandidate(DataSource.class)
@EnableConfigurationProperties(RowanProperties.class)
@Import(DatabaseInitializationDependencyConfigurer.class)
final class RowanAutoConfiguration {

    @Bean(destroyMethod = "close")
    @ConditionalOnMissingBean
    Database database(
            DataSource dataSource,
            ObjectProvider<PlatformTransactionManager> transactionManager,
            RowanProperties properties,
            ObjectProvider<DatabaseCustomizer> customizers) {
        var options = properties.options();
        var manager = transactionManager.getIfUnique();
        if (manager != null) {
            options = options.withTransactions(new SpringTransactions(manager, dataSource));
            var size = poolSize(dataSource);
            if (size > 0 && properties.merging() != Merging.NONE) {
                options = options.withMerging(properties.merging(), size);
            }
        }
        for (var customizer : customizers.orderedStream().toList()) {
            options = customizer.customize(options);
        }
        return open(dataSource, options);
    }

    /**
     * Returns the number of connections of a HikariCP pool; 0 of another DataSource, also of one that chooses among
     * pools: its connections may be to different databases.
     */
    private static int poolSize(DataSource dataSource) {
        return ClassUtils.isPresent("com.zaxxer.hikari.HikariDataSource", null)
                        && dataSource instanceof HikariDataSource pool
                ? pool.getMaximumPoolSize()
                : 0;
    }

    private static Database open(DataSource dataSource, DataSourceOptions options) {
        try {
            return Database.over(new TransactionAwareDataSourceProxy(dataSource), options);
        } catch (IllegalStateException e) {
            throw new StartFailure(
                    e,
                    "Correct the properties of the pool, such as spring.datasource.url. With HikariCP,"
                            + " rowan.tune-pool=true sets what the service does not set itself.");
        } catch (DatabaseException e) {
            throw new StartFailure(e, StartFailure.CHECK_CONNECTION);
        }
    }

    /** The settings of the pool's connections. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(HikariDataSource.class)
    @ConditionalOnBooleanProperty(name = "rowan.tune-pool", matchIfMissing = true)
    static class Pool {

        @Bean
        @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
        static PoolTuner rowanPoolTuner(ConfigurableListableBeanFactory beans) {
            return new PoolTuner(beans);
        }
    }

    /** The migration, unless Spring Boot runs Liquibase itself. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(Migrator.class)
    @ConditionalOnMissingBean(type = "liquibase.integration.spring.SpringLiquibase")
    @ConditionalOnBooleanProperty(name = "rowan.migrate", matchIfMissing = true)
    static class Migration implements BeanClassLoaderAware {

        private ClassLoader loader = Migration.class.getClassLoader();

        @Override
        public void setBeanClassLoader(ClassLoader classLoader) {
            loader = classLoader;
        }

        @Bean
        RowanMigration rowanMigration(DataSource dataSource, RowanProperties properties) {
            var migrator = Migrator.of(dataSource, properties.changelogName(), loader)
                    .withContexts(properties.contexts().toArray(String[]::new))
                    .withLabels(properties.labels())
                    .withParameters(properties.changelogParameters());
            return new RowanMigration(migrator, properties.changelogName());
        }
    }

    /** Retries of methods with {@link RetryOnTransientFailure}, around their transactions. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(RetryAnnotationBeanPostProcessor.class)
    @ConditionalOnMissingBean(RetryAnnotationBeanPostProcessor.class)
    static class Retries {

        @Bean
        @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
        static RetryAnnotationBeanPostProcessor rowanRetryAnnotationProcessor() {
            var processor = new RetryAnnotationBeanPostProcessor();
            processor.setProxyTargetClass(true); // as Spring Boot's transactions
            return processor;
        }
    }

    /** Spring's exceptions in place of Rowan's, which Spring Boot lets beans with {@code @Repository} throw. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnBooleanProperty("rowan.translate-exceptions")
    static class Exceptions {

        @Bean
        @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
        static ExceptionTranslator rowanExceptionTranslator() {
            return new ExceptionTranslator();
        }
    }
}
