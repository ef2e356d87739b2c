package dev.rowan.bench.adapter.orm;

import com.zaxxer.hikari.HikariDataSource;
import dev.rowan.bench.adapter.LibraryAdapter;
import dev.rowan.bench.database.User;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.OneToMany;
import jakarta.persistence.Table;
import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.util.List;
import org.hibernate.SessionFactory;
import org.hibernate.cfg.BatchSettings;
import org.hibernate.cfg.JdbcSettings;
import org.hibernate.cfg.TransactionSettings;
import org.hibernate.jpa.HibernatePersistenceConfiguration;
import org.hibernate.query.MutationQuery;

/** The entities, settings and queries that both of Hibernate's adapters use. */
final class HibernateEntities {

    static final String READ = "from UserRow where id <= :maxId";
    static final String SET_AGE = "update UserRow set age = :age where id = :id";
    static final String DELETE = "delete from UserRow where id = :id";
    static final String JOIN = "from CustomerRow c join fetch c.orders where c.id <= :maxId";
    static final String UPSERT = "insert into UserRow (name, email, age, city, balance, active, createdAt)"
            + " values (:name, :email, :age, :city, :balance, :active, :createdAt)"
            + " on conflict do update set age = excluded.age, balance = excluded.balance";
    static final String PAGE = "from CustomerRow where name > :name or (name = :name and id > :id) order by name, id";

    private HibernateEntities() {}

    static SessionFactory open(HikariDataSource pool) {
        return new HibernatePersistenceConfiguration("bench")
                .managedClasses(UserRow.class, CustomerRow.class, OrderRow.class)
                .property(JdbcSettings.JAKARTA_NON_JTA_DATASOURCE, pool)
                .property(BatchSettings.STATEMENT_BATCH_SIZE, LibraryAdapter.BATCH_SIZE)
                .property(BatchSettings.ORDER_INSERTS, true)
                .property(BatchSettings.ORDER_UPDATES, true)
                .property(TransactionSettings.ALLOW_UPDATE_OUTSIDE_TRANSACTION, true)
                .createEntityManagerFactory();
    }

    /** Binds the values of {@link #UPSERT}. */
    static MutationQuery bind(MutationQuery query, User user) {
        return query.setParameter("name", user.name())
                .setParameter("email", user.email())
                .setParameter("age", user.age())
                .setParameter("city", user.city())
                .setParameter("balance", user.balance())
                .setParameter("active", user.active())
                .setParameter("createdAt", user.createdAt());
    }

    @Entity(name = "UserRow")
    @Table(name = "users")
    @SuppressWarnings("NullAway.Init")
    static class UserRow {
        @Id
        @GeneratedValue(strategy = GenerationType.IDENTITY)
        Integer id;

        String name;
        String email;
        int age;
        String city;
        BigDecimal balance;
        boolean active;

        @Column(name = "created_at")
        LocalDateTime createdAt;

        static UserRow of(User user) {
            var row = new UserRow();
            row.name = user.name();
            row.email = user.email();
            row.age = user.age();
            row.city = user.city();
            row.balance = user.balance();
            row.active = user.active();
            row.createdAt = user.createdAt();
            return row;
        }

        /** Returns the row of an existing user, with its id. */
        static UserRow existing(User user) {
            var row = of(user);
            row.id = user.id();
            return row;
        }
    }

    @Entity(name = "CustomerRow")
    @Table(name = "customers")
    @SuppressWarnings("NullAway.Init")
    static class CustomerRow {
        @Id
        Integer id;

        String name;

        @OneToMany(mappedBy = "customer")
        List<OrderRow> orders;

        /** Returns the sum of the quantities of all orders. */
        static long quantity(List<CustomerRow> customers) {
            long sum = 0;
            for (var customer : customers) {
                for (var order : customer.orders) {
                    sum += order.quantity;
                }
            }
            return sum;
        }
    }

    @Entity(name = "OrderRow")
    @Table(name = "orders")
    @SuppressWarnings("NullAway.Init")
    static class OrderRow {
        @Id
        Integer id;

        @ManyToOne(fetch = FetchType.LAZY)
        @JoinColumn(name = "customer_id")
        CustomerRow customer;

        String product;
        int quantity;
        BigDecimal total;
    }
}
