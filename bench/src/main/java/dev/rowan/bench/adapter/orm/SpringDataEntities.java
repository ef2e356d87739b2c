package dev.rowan.bench.adapter.orm;

import dev.rowan.bench.database.User;
import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.annotation.Id;
import org.springframework.data.jdbc.core.convert.JdbcCustomConversions;
import org.springframework.data.jdbc.core.mapping.JdbcMappingContext;
import org.springframework.data.jdbc.repository.config.AbstractJdbcConfiguration;
import org.springframework.data.jdbc.repository.config.EnableJdbcRepositories;
import org.springframework.data.jdbc.repository.query.Modifying;
import org.springframework.data.jdbc.repository.query.Query;
import org.springframework.data.relational.RelationalManagedTypes;
import org.springframework.data.relational.core.mapping.MappedCollection;
import org.springframework.data.relational.core.mapping.NamingStrategy;
import org.springframework.data.relational.core.mapping.Table;
import org.springframework.data.repository.Repository;
import org.springframework.data.repository.query.Param;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcOperations;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.transaction.support.TransactionTemplate;

/** The aggregates of Spring Data JDBC, and its configuration without Spring Boot. */
final class SpringDataEntities {

    private SpringDataEntities() {}

    static AnnotationConfigApplicationContext open(DataSource pool) {
        var context = new AnnotationConfigApplicationContext();
        context.registerBean("dataSource", DataSource.class, () -> pool, bean -> bean.setDestroyMethodName(""));
        context.register(Settings.class);
        context.refresh();
        return context;
    }

    @Configuration(proxyBeanMethods = false)
    @EnableJdbcRepositories(considerNestedRepositories = true)
    static class Settings extends AbstractJdbcConfiguration {

        @Override
        @Bean
        public JdbcMappingContext jdbcMappingContext(
                Optional<NamingStrategy> naming, JdbcCustomConversions conversions, RelationalManagedTypes types) {
            var mapping = super.jdbcMappingContext(naming, conversions, types);
            mapping.setSingleQueryLoadingEnabled(true); // otherwise one query per customer reads its orders
            return mapping;
        }

        @Bean
        NamedParameterJdbcOperations operations(DataSource dataSource) {
            return new NamedParameterJdbcTemplate(dataSource);
        }

        @Bean
        PlatformTransactionManager transactionManager(DataSource dataSource) {
            return new JdbcTransactionManager(dataSource);
        }

        @Bean
        TransactionOperations transactions(PlatformTransactionManager manager) {
            return new TransactionTemplate(manager);
        }
    }

    interface Users extends Repository<UserRow, Integer> {
        @Modifying
        @Query("update users set age = :age where id = :id")
        int setAge(@Param("id") int id, @Param("age") int age);
    }

    @Table("users")
    record UserRow(
            @Id @Nullable Integer id,
            String name,
            String email,
            int age,
            String city,
            BigDecimal balance,
            boolean active,
            LocalDateTime createdAt) {

        /** Returns the row of a new user, whose id the server generates. */
        static UserRow fresh(User user) {
            return of(null, user);
        }

        /** Returns the row of an existing user, with its id. */
        static UserRow existing(User user) {
            return of(user.id(), user);
        }

        private static UserRow of(@Nullable Integer id, User user) {
            return new UserRow(
                    id,
                    user.name(),
                    user.email(),
                    user.age(),
                    user.city(),
                    user.balance(),
                    user.active(),
                    user.createdAt());
        }
    }

    @Table("customers")
    record CustomerRow(
            @Id Integer id,
            String name,
            @MappedCollection(idColumn = "customer_id") Set<OrderRow> orders) {}

    @Table("orders")
    record OrderRow(@Id Integer id, String product, int quantity, BigDecimal total) {}

    /** A customer without its orders. */
    @Table("customers")
    record CustomerName(@Id Integer id, String name) {}
}
