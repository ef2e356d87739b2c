package dev.rowan.bench.adapter.ebean;

import dev.rowan.bench.database.User;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.OneToMany;
import jakarta.persistence.Table;
import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The entities of Ebean. */
public final class EbeanEntities {

    private EbeanEntities() {}

    /** A row of {@code users}. */
    @Entity
    @Table(name = "users")
    @SuppressWarnings("NullAway.Init")
    public static class UserRow {
        @Id
        @Nullable Integer id;

        String name;
        String email;
        int age;
        String city;
        BigDecimal balance;
        boolean active;
        LocalDateTime createdAt;

        /** Sets all columns but the id, which the server generates. */
        public UserRow fresh(User user) {
            name = user.name();
            email = user.email();
            city = user.city();
            active = user.active();
            createdAt = user.createdAt();
            return setAgeAndBalance(user);
        }

        /** Sets only the id and the columns that {@link User#changed} changes. */
        public UserRow changed(User user) {
            id = user.id();
            return setAgeAndBalance(user);
        }

        private UserRow setAgeAndBalance(User user) {
            age = user.age();
            balance = user.balance();
            return this;
        }

        public int id() {
            return id == null ? 0 : id;
        }

        public int age() {
            return age;
        }

        public void age(int to) {
            age = to;
        }
    }

    /** A customer with its orders. */
    @Entity
    @Table(name = "customers")
    @SuppressWarnings("NullAway.Init")
    public static class CustomerRow {
        @Id
        int id;

        String name;

        @OneToMany(mappedBy = "customer")
        List<OrderRow> orders;

        public int id() {
            return id;
        }

        public long quantity() {
            return orders.stream().mapToLong(order -> order.quantity).sum();
        }
    }

    /** A row of {@code orders}. */
    @Entity
    @Table(name = "orders")
    @SuppressWarnings("NullAway.Init")
    public static class OrderRow {
        @Id
        int id;

        @ManyToOne
        CustomerRow customer;

        String product;
        int quantity;
        BigDecimal total;
    }
}
