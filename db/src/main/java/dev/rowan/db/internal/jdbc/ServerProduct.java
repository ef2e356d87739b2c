package dev.rowan.db.internal.jdbc;

import java.sql.Connection;
import java.sql.SQLException;

/** The product and version of a database server: {@code MySQL 9.7.4} or {@code MariaDB 11.4.5}. */
public record ServerProduct(String name, String version) {

    /** Reads the product and version of the server that this connection leads to. */
    public static ServerProduct of(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                var row = statement.executeQuery("SELECT VERSION()")) {
            row.next();
            var version = row.getString(1);
            var number = version.replaceFirst("-.*", "");
            return new ServerProduct(version.contains("MariaDB") ? "MariaDB" : "MySQL", number);
        }
    }

    @Override
    public String toString() {
        return name + " " + version;
    }
}
