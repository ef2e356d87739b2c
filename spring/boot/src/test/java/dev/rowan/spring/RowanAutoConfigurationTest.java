package dev.rowan.spring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.zaxxer.hikari.HikariDataSource;
import dev.rowan.Database;
import dev.rowan.config.DataSourceOptions;
import dev.rowan.config.Merging;
import dev.rowan.db.MigrationException;
import dev.rowan.error.SchemaMismatch;
import dev.rowan.error.TransientFailure;
import dev.rowan.error.UniqueViolation;
import dev.rowan.junit.TestDatabase;
import dev.rowan.spring.schema.repositories.NamesRepository;
import dev.rowan.spring.schema.repositories.OrdersRepository;
import dev.rowan.spring.schema.repositories.UsersRepository;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import javax.sql.DataSource;
import liquibase.integration.spring.SpringLiquibase;
import org.jooq.ExecuteListener;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.boot.persistence.autoconfigure.PersistenceExceptionTranslationAutoConfiguration;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Fallback;
import org.springframework.context.annotation.Primary;
import org.springframework.context.annotation.Scope;
import org.springframework.context.annotation.ScopedProxyMode;
import org.springframework.context.support.SimpleThreadScope;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** What the auto-configuration makes of a service's pool, and when it stops the start. */
class RowanAutoConfigurationTest {

    @RegisterExtension
    static final TestDatabase DB = TestDatabase.empty();

    private final ApplicationContextRunner service = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    DataSourceAutoConfiguration.class,
                    DataSourceTransactionManagerAutoConfiguration.class,
                    JdbcTemplateAutoConfiguration.class,
                    PersistenceExceptionTranslationAutoConfiguration.class,
                    RowanAutoConfiguration.class,
                    RowanRepositoriesAutoConfiguration.class))
            .withPropertyValues(
                    "spring.datasource.url=" + DB.url(),
                    "spring.datasource.username=" + DB.user(),
                    "spring.datasource.password=" + DB.password(),
                    "spring.datasource.hikari.maximum-pool-size=2",
                    "rowan.packages=dev.rowan.spring");

    @BeforeEach
    void dropTables() throws SQLException {
        try (var connection = DB.dataSource().getConnection();
                var statement = connection.createStatement()) {
            statement.execute("drop view if exists names");
            for (var table : List.of("orders", "users", "DATABASECHANGELOG", "DATABASECHANGELOGLOCK")) {
                statement.execute("drop table if exists " + table);
            }
        }
    }

    @Test
    void theChangelogIsAppliedAndEachRepositoryIsABean() {
        service.run(context -> {
            var users = context.getBean(UsersRepository.class);
            var ann = users.insert(u -> u.setName("Ann"));
            context.getBean(OrdersRepository.class)
                    .insert(order -> order.setUserId(ann.getId()).setTotal(BigDecimal.ONE));

            assertEquals(1, context.getBean(NamesRepository.class).all().count());
            assertSame(users, context.getBean("usersRepository"));
            assertEquals(1, context.getBeanNamesForType(Database.class).length);
        });
    }

    @Test
    void theMigrationComesBeforeEveryBeanThatUsesTheDatabase() {
        service.withUserConfiguration(EarlyReader.class).run(context -> assertEquals(0L, context.getBean("userCount")));
    }

    @Configuration(proxyBeanMethods = false)
    static class EarlyReader {
        @Bean
        Long userCount(JdbcTemplate jdbc) {
            return Objects.requireNonNull(jdbc.queryForObject("select count(*) from users", Long.class));
        }
    }

    @Test
    void onlyTheChangesetsOfTheContextsAreApplied() {
        service.withPropertyValues("rowan.contexts=test")
                .run(context -> assertEquals(
                        "Ann",
                        context.getBean(UsersRepository.class).all().one().getName()));
    }

    @Test
    void whatTheServiceHasSetOnItsPoolStays() {
        service.withPropertyValues(
                        "spring.datasource.url=" + DB.url() + (DB.url().contains("?") ? "&" : "?")
                                + "sessionVariables=max_sort_length=2000&cachePrepStmts=false",
                        "spring.datasource.hikari.data-source-properties.prepStmtCacheSize=7")
                .run(context -> {
                    var database = context.getBean(Database.class);
                    assertEquals("2000", String.valueOf(database.dsl().fetchValue("select @@max_sort_length")));
                    var properties = context.getBean(HikariDataSource.class).getDataSourceProperties();
                    assertEquals("7", properties.getProperty("prepStmtCacheSize"));
                    assertFalse(properties.containsKey("cachePrepStmts"), "that of the URL counts");
                    assertEquals("UTC", properties.getProperty("connectionTimeZone"));
                });
    }

    @Test
    void aPoolWithoutTheSettingsIsRefusedInWords() {
        service.withPropertyValues("rowan.tune-pool=false").run(context -> {
            var failure = startFailure(context);
            assertTrue(String.valueOf(failure.getMessage()).contains("group_concat_max_len"));
            assertTrue(failure.action().contains("rowan.tune-pool=true"));
        });
    }

    @Test
    void aDatabaseThatDoesNotMatchTheClassesStopsTheStart() throws SQLException {
        try (var connection = DB.dataSource().getConnection();
                var statement = connection.createStatement()) {
            statement.execute("create table users (id int primary key)");
        }
        service.withPropertyValues("rowan.migrate=false").run(context -> {
            var failure = startFailure(context);
            assertInstanceOf(SchemaMismatch.class, failure.getCause());

            var analysis = Objects.requireNonNull(new StartFailureAnalyzer().analyze(failure));
            assertTrue(analysis.getDescription().contains("orders"), analysis.getDescription());
            assertTrue(String.valueOf(analysis.getAction()).contains("rowan.check=false"));
        });
        service.withPropertyValues("rowan.migrate=false", "rowan.check=false")
                .run(context -> assertNotNull(context.getBean(UsersRepository.class)));
    }

    @Test
    void aMissingChangelogStopsTheStart() {
        service.withPropertyValues("rowan.changelog=shop/none.sql").run(context -> {
            var failure = startFailure(context);
            assertInstanceOf(MigrationException.class, failure.getCause());
            assertTrue(String.valueOf(failure.getMessage()).contains("There is no changelog shop/none.sql"));
            assertTrue(failure.action().contains("rowan.migrate=false"));
        });
    }

    @Test
    void aServerThatDoesNotAnswerStopsTheStart() {
        service.withPropertyValues(
                        "spring.datasource.url=jdbc:mysql://127.0.0.1:1/none",
                        "spring.datasource.hikari.connection-timeout=500",
                        "rowan.migrate=false")
                .run(context -> assertInstanceOf(
                        TransientFailure.class, startFailure(context).getCause()));
    }

    @Test
    void aMigrationThatGetsNoConnectionIsNoFaultOfTheChangelog() {
        service.withPropertyValues(
                        "spring.datasource.url=jdbc:mysql://127.0.0.1:1/none",
                        "spring.datasource.hikari.connection-timeout=500")
                .run(context -> {
                    var failure = startFailure(context);
                    assertEquals(
                            "No connection to the database: nothing listens on this port, or a firewall refuses it. Check"
                                    + " the URL, the user, the password and the server.",
                            failure.getMessage());
                    assertTrue(failure.action().contains("spring.datasource.password"), failure.action());
                });
    }

    private static StartFailure startFailure(AssertableApplicationContext context) {
        for (var cause = context.getStartupFailure(); cause != null; cause = cause.getCause()) {
            if (cause instanceof StartFailure found) {
                return found;
            }
        }
        throw new AssertionError("The start did not fail as expected.", context.getStartupFailure());
    }

    @Test
    void withoutADataSourceThereIsNothing() {
        new ApplicationContextRunner()
                .withConfiguration(
                        AutoConfigurations.of(RowanAutoConfiguration.class, RowanRepositoriesAutoConfiguration.class))
                .run(context -> {
                    assertEquals(0, context.getBeanNamesForType(Database.class).length);
                    assertEquals(0, context.getBeanNamesForType(UsersRepository.class).length);
                });
    }

    @Test
    void beansOfTheServiceTakeThePlaceOfThese() {
        service.withUserConfiguration(OwnBeans.class).run(context -> {
            var own = context.getBean(OwnBeans.class);
            assertSame(own.database, context.getBean(Database.class));
            assertSame(own.users, context.getBean(UsersRepository.class));
            assertEquals(0, context.getBean(UsersRepository.class).all().count());
        });
    }

    @Configuration(proxyBeanMethods = false)
    static class OwnBeans {

        @Nullable Database database;

        @Nullable UsersRepository users;

        @Bean
        Database own(DataSource pool) {
            database = Database.over(pool);
            return database;
        }

        @Bean
        UsersRepository usersRepository(Database own) {
            users = new UsersRepository(own);
            return users;
        }
    }

    @Test
    void aRepositoryWhoseNameIsTakenHasThatOfItsClass() {
        service.withBean("usersRepository", String.class, () -> "taken")
                .run(context -> assertSame(
                        context.getBean(UsersRepository.class), context.getBean(UsersRepository.class.getName())));
    }

    @Test
    void withoutRepositoriesTheServiceStartsAllTheSame() {
        service.withPropertyValues("rowan.packages=com.example.none").run(context -> {
            assertEquals(0, context.getBeanNamesForType(UsersRepository.class).length);
            assertEquals(0, context.getBeanNamesForType(SchemaCheck.class).length);
            assertNotNull(context.getBean(Database.class));
        });
    }

    @Test
    void ofSeveralPoolsThePrimaryOneAloneIsTuned() {
        service.withUserConfiguration(TwoPools.class).run(context -> {
            assertEquals(
                    "UTC",
                    context.getBean("main", HikariDataSource.class)
                            .getDataSourceProperties()
                            .getProperty("connectionTimeZone"));
            assertTrue(context.getBean("other", HikariDataSource.class)
                    .getDataSourceProperties()
                    .isEmpty());
        });
    }

    /** As Spring Boot's manual configures a second DataSource. */
    @Test
    void aPoolThatIsNotInjectedByItsTypeDoesNotCount() {
        for (var service : List.of(SecondIsNoDefault.class, SecondIsAFallback.class, SecondIsNoCandidate.class)) {
            this.service.withUserConfiguration(service).run(context -> {
                assertNotNull(context.getBean(Database.class));
                assertTrue(context.getBean("second", HikariDataSource.class)
                        .getDataSourceProperties()
                        .isEmpty());
            });
        }
    }

    /** As with {@code @RefreshScope}. */
    @Test
    void aPoolBehindAScopedProxyIsTuned() {
        service.withInitializer(context -> context.getBeanFactory().registerScope("own", new SimpleThreadScope()))
                .withUserConfiguration(ScopedPool.class)
                .run(context -> {
                    assertNotNull(context.getBean(Database.class));
                    assertEquals(
                            "UTC",
                            context.getBean("scopedTarget.main", HikariDataSource.class)
                                    .getDataSourceProperties()
                                    .getProperty("connectionTimeZone"));
                });
    }

    @Configuration(proxyBeanMethods = false)
    static class ScopedPool {

        @Bean
        @Scope(scopeName = "own", proxyMode = ScopedProxyMode.TARGET_CLASS)
        HikariDataSource main() {
            return TwoPools.pool();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class SecondIsNoDefault {

        @Bean
        HikariDataSource main() {
            return TwoPools.pool();
        }

        @Bean(defaultCandidate = false)
        HikariDataSource second() {
            return TwoPools.pool();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class SecondIsAFallback {

        @Bean
        HikariDataSource main() {
            return TwoPools.pool();
        }

        @Bean
        @Fallback
        HikariDataSource second() {
            return TwoPools.pool();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class SecondIsNoCandidate {

        @Bean
        HikariDataSource main() {
            return TwoPools.pool();
        }

        @Bean(autowireCandidate = false)
        HikariDataSource second() {
            return TwoPools.pool();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class TwoPools {

        @Bean
        @Primary
        HikariDataSource main() {
            return pool();
        }

        @Bean
        HikariDataSource other() {
            return pool();
        }

        private static HikariDataSource pool() {
            var pool = new HikariDataSource();
            pool.setJdbcUrl(DB.url());
            pool.setUsername(DB.user());
            pool.setPassword(DB.password());
            pool.setMaximumPoolSize(2);
            return pool;
        }
    }

    @Test
    void theTransactionOfAnotherPoolIsNoneOfThisOne() {
        service.withUserConfiguration(TwoPools.class, TwoManagers.class).run(context -> {
            var users = context.getBean(UsersRepository.class);
            var database = context.getBean(Database.class);
            var main = new TransactionTemplate(context.getBean("mainManager", PlatformTransactionManager.class));
            var other = new TransactionTemplate(context.getBean("otherManager", PlatformTransactionManager.class));
            Runnable undone = () -> assertThrows(
                    ArithmeticException.class,
                    () -> database.transaction(session -> {
                        main.executeWithoutResult(part -> users.insert(u -> u.setName("Ann")));
                        throw new ArithmeticException();
                    }));

            other.executeWithoutResult(status -> {
                users.all().count(); // binds a connection to the thread
                undone.run(); // takes the connection away meanwhile
                undone.run();
            });
            assertEquals(0, users.all().count());
        });
    }

    @Configuration(proxyBeanMethods = false)
    static class TwoManagers {

        @Bean
        @Primary
        JdbcTransactionManager mainManager(@Qualifier("main") DataSource pool) {
            return new JdbcTransactionManager(pool);
        }

        @Bean
        JdbcTransactionManager otherManager(@Qualifier("other") DataSource pool) {
            return new JdbcTransactionManager(pool);
        }
    }

    @Test
    void liquibaseOfTheServicesOwnTakesThePlaceOfTheMigration() {
        service.withUserConfiguration(OwnLiquibase.class)
                .withPropertyValues("rowan.check=false")
                .run(context -> assertEquals(0, context.getBeanNamesForType(RowanMigration.class).length));
    }

    @Configuration(proxyBeanMethods = false)
    static class OwnLiquibase {
        @Bean
        SpringLiquibase liquibase(DataSource pool) {
            var liquibase = new SpringLiquibase();
            liquibase.setDataSource(pool);
            liquibase.setShouldRun(false);
            return liquibase;
        }
    }

    @Test
    void customizersAddToTheOptions() {
        service.withUserConfiguration(Listening.class).run(context -> {
            context.getBean(UsersRepository.class).all().count();
            assertEquals(1, context.getBean(Listening.class).statements.size());
        });
    }

    @Configuration(proxyBeanMethods = false)
    static class Listening {

        final List<String> statements = new ArrayList<>();

        @Bean
        DatabaseCustomizer listener() {
            return options -> listening(options);
        }

        private DataSourceOptions listening(DataSourceOptions options) {
            return options.withConfiguration(jooq -> jooq.deriveAppending(ExecuteListener.onExecuteStart(context -> {
                if (String.valueOf(context.sql()).contains("count(*)")) {
                    statements.add(String.valueOf(context.sql()));
                }
            })));
        }
    }

    @Test
    void lookupsAreMergedOverThePoolUnlessTheServiceTurnsThatOff() {
        var noted = service.withUserConfiguration(NotedOptions.class);
        noted.run(context -> {
            assertEquals(Merging.READS, context.getBean(NotedOptions.class).merging);
            assertEquals(2, context.getBean(NotedOptions.class).poolSize);
        });
        noted.withPropertyValues("rowan.merging=none")
                .run(context -> assertEquals(Merging.NONE, context.getBean(NotedOptions.class).merging));
    }

    @Configuration(proxyBeanMethods = false)
    static class NotedOptions {

        @Nullable Merging merging;

        int poolSize;

        @Bean
        DatabaseCustomizer noting() {
            return options -> {
                merging = options.merging();
                poolSize = options.poolSize();
                return options;
            };
        }
    }

    @Test
    void exceptionsAreTranslatedOnRequestOnly() {
        var translating = service.withUserConfiguration(Accounts.class);
        translating.run(context -> assertThrows(
                UniqueViolation.class, () -> context.getBean(Accounts.class).addTwice()));
        translating.withPropertyValues("rowan.translate-exceptions=true").run(context -> {
            var accounts = context.getBean(Accounts.class);
            var translated = assertThrows(DuplicateKeyException.class, accounts::addTwice);
            assertInstanceOf(UniqueViolation.class, translated.getCause());
        });
    }

    @Repository
    static class Accounts {

        private final UsersRepository users;

        Accounts(UsersRepository users) {
            this.users = users;
        }

        void addTwice() {
            users.insert(u -> u.setName("Ann").setEmail("ann@example.org"));
            users.insert(u -> u.setName("Bob").setEmail("ann@example.org"));
        }
    }
}
