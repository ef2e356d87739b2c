package dev.rowan.bench;

import java.math.BigDecimal;
import java.time.LocalDateTime;

/** A row of users, made of a number in Java as {@link Tables} makes it in SQL. */
public record User(
        int id,
        String name,
        String email,
        int age,
        String city,
        BigDecimal balance,
        boolean active,
        LocalDateTime createdAt) {

    private static final LocalDateTime START = LocalDateTime.of(2026, 1, 1, 0, 0);

    static User numbered(int number) {
        return new User(
                number,
                "User " + number,
                "user" + number + "@example.org",
                18 + number % 60,
                "City " + number % 100,
                BigDecimal.valueOf(number, 2),
                number % 2 == 0,
                START.plusSeconds(number));
    }

    /** Returns this user a year older, and ten richer. */
    User changed() {
        return new User(id, name, email, age + 1, city, balance.add(BigDecimal.TEN), active, createdAt);
    }
}
