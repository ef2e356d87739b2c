package dev.rowan.db;

import java.sql.Connection;
import java.sql.SQLException;

/** What answers at the other end of a connection: {@code MySQL 9.7.4} or {@code MariaDB 11.4.5}. */
record Product(String name, String version) {

    static Product of(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                var row = statement.executeQuery("SELECT VERSION()")) {
            row.next();
            var version = row.getString(1);
            var number = version.replaceFirst("-.*", "");
            return new Product(version.contains("MariaDB") ? "MariaDB" : "MySQL", number);
        }
    }

    boolean isMariaDb() {
        return name.equals("MariaDB");
    }

    @Override
    public String toString() {
        return name + " " + version;
    }
}
