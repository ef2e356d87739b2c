package dev.rowan.bench.database;

import java.math.BigDecimal;
import java.time.LocalDateTime;

/** A row of {@code users}, computed from its number: in Java here, in SQL by {@link Dataset}. */
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

    /** Returns the user with this number, which is also the id. */
    public static User numbered(int number) {
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

    /** Returns this user with a higher age and balance. */
    public User changed() {
        return new User(id, name, email, age + 1, city, balance.add(BigDecimal.TEN), active, createdAt);
    }
}
