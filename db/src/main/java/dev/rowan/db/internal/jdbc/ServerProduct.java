package dev.rowan.db.internal.jdbc;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * The product and version of a database server: {@code MySQL 9.7.4} or {@code MariaDB 11.4.5}.
 *
 * @param standsInForMysql whether it is a MariaDB that Rowan started because there is no MySQL
 */
public record ServerProduct(String name, String version, boolean standsInForMysql) {

    /** How the version of a server ends that stands in for MySQL, so that every connection to it knows. */
    public static final String STAND_IN = "-MariaDB-rowan";

    /** Reads the product and version of the server that this connection leads to. */
    public static ServerProduct of(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                var row = statement.executeQuery("SELECT VERSION()")) {
            row.next();
            var version = row.getString(1);
            var number = version.replaceFirst("-.*", "");
            return new ServerProduct(
                    version.contains("MariaDB") ? "MariaDB" : "MySQL", number, version.endsWith(STAND_IN));
        }
    }

    /** Returns whether the server is MariaDB. */
    public boolean isMariaDb() {
        return name.equals("MariaDB");
    }

    @Override
    public String toString() {
        return name + " " + version;
    }
}
