package dev.rowan.bench;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Locale;

/** The tables that all contestants work on, and what is in them before a turn. */
final class Tables {

    /** How many users there are when they are not written. */
    static final int USERS = 10_000;

    static final int CUSTOMERS_WITH_ORDERS = 1_000;
    static final int PAGE = 10;

    private static final String NUMBERS =
            "with recursive numbers (n) as (select 1 union all select n + 1 from numbers" + " where n < %d) select ";

    private static final int CHUNK = 100_000;

    private final Connection connection;

    Tables(Connection connection) throws SQLException {
        this.connection = connection;
        run("set session cte_max_recursion_depth = " + CHUNK);
    }

    /** Returns the name of a customer, by which they are in the order of their ids. */
    static String customerName(int id) {
        return String.format(Locale.ROOT, "Customer %08d", id);
    }

    /** Fills what is never written: this many pages of customers, and the orders of the first thousand. */
    void fill(int pages) throws SQLException {
        for (int from = 0; from < pages * PAGE; from += CHUNK) {
            run("insert into customers (id, name) " + NUMBERS.formatted(Math.min(CHUNK, pages * PAGE - from)) + from
                    + " + n, concat('Customer ', lpad(" + from + " + n, 8, '0')) from numbers");
        }
        run("insert into orders (customer_id, product, quantity, total) "
                + NUMBERS.formatted(CUSTOMERS_WITH_ORDERS * 10)
                + "1 + (n - 1) div 10, concat('Product ', n % 100), 1 + n % 5, n / 100 from numbers");
        run("analyze table customers, orders");
        users(USERS);
    }

    /** Makes the users anew, the first so many of {@link User#numbered}. */
    void users(int count) throws SQLException {
        run("truncate table users");
        if (count == 0) {
            return;
        }
        run("insert into users " + NUMBERS.formatted(count)
                + "n, concat('User ', n), concat('user', n, '@example.org'), 18 + n % 60, concat('City ', n % 100),"
                + " n / 100, n % 2 = 0, '2026-01-01' + interval n second from numbers");
        run("alter table users auto_increment = " + (count + 1));
        run("analyze table users");
    }

    /** Returns a sum of all that the users are but their ids, which is the same if they are the same. */
    long sum() throws SQLException {
        try (var statement = connection.createStatement();
                var row = statement.executeQuery("select coalesce(sum(crc32(concat_ws('|', name, email, age, city,"
                        + " balance, active, created_at))), 0) from users")) {
            row.next();
            return row.getLong(1);
        }
    }

    private void run(String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
