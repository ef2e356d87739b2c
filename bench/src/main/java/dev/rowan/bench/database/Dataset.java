package dev.rowan.bench.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Locale;

/** The rows that all contestants read and write. Resets them, so that each iteration starts from the same state. */
public final class Dataset {

    /** The number of users for measures that do not change their number. */
    public static final int USERS = 10_000;

    /** The number of customers that have orders: those with the lowest ids. */
    public static final int CUSTOMERS_WITH_ORDERS = 1_000;

    /** The number of customers on a page. */
    public static final int PAGE_SIZE = 10;

    private static final String NUMBERS =
            "with recursive numbers (n) as (select 1 union all select n + 1 from numbers where n < %d) select ";

    private static final int ROWS_PER_INSERT = 100_000;

    private final Connection connection;

    public Dataset(Connection connection) throws SQLException {
        this.connection = connection;
        execute("set session cte_max_recursion_depth = " + ROWS_PER_INSERT);
    }

    /** Returns the name of a customer. Names sort in the order of the ids. */
    public static String customerName(int id) {
        return String.format(Locale.ROOT, "Customer %08d", id);
    }

    /** Inserts the rows that no measure writes (customers and orders), and the users. */
    public void fill(int customerPages) throws SQLException {
        int customers = customerPages * PAGE_SIZE;
        for (int from = 0; from < customers; from += ROWS_PER_INSERT) {
            execute("insert into customers (id, name) "
                    + NUMBERS.formatted(Math.min(ROWS_PER_INSERT, customers - from))
                    + from + " + n, concat('Customer ', lpad(" + from + " + n, 8, '0')) from numbers");
        }
        execute("insert into orders (customer_id, product, quantity, total) "
                + NUMBERS.formatted(CUSTOMERS_WITH_ORDERS * 10)
                + "1 + (n - 1) div 10, concat('Product ', n % 100), 1 + n % 5, n / 100 from numbers");
        execute("analyze table customers, orders");
        resetUsers(USERS);
    }

    /** Replaces all users by the first {@code count} of {@link User#numbered}. */
    public void resetUsers(int count) throws SQLException {
        execute("truncate table users");
        if (count == 0) {
            return;
        }
        execute("insert into users " + NUMBERS.formatted(count)
                + "n, concat('User ', n), concat('user', n, '@example.org'), 18 + n % 60, concat('City ', n % 100),"
                + " n / 100, n % 2 = 0, '2026-01-01' + interval n second from numbers");
        execute("alter table users auto_increment = " + (count + 1));
        execute("analyze table users");
    }

    /** Returns a checksum of all columns of the users but their ids. */
    public long usersChecksum() throws SQLException {
        try (var statement = connection.createStatement();
                var row = statement.executeQuery("select coalesce(sum(crc32(concat_ws('|', name, email, age, city,"
                        + " balance, active, created_at))), 0) from users")) {
            row.next();
            return row.getLong(1);
        }
    }

    private void execute(String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
