package dev.rowan.db.internal.environment;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

/**
 * How to connect to the server of an environment. The file is one of options for the clients {@code mariadb} and
 * {@code mysql}, so that neither a command line nor a variable shows the password.
 *
 * @param port the port that the server listens on, or was last told to listen on; 0 if it was never started
 */
record ClientFile(String user, String password, int port, String database) {

    static final String HOST = "127.0.0.1";

    /** Reads the file. */
    static ClientFile read(Path file) throws IOException, EnvironmentFailure {
        if (OwnerOnly.isOpenToOthers(file)) {
            throw new EnvironmentFailure(
                    "The login in " + file + " is open to other users of this machine, so it is not"
                            + " used. Take their permissions away: chmod go= " + file);
        }
        var options = new Properties();
        options.load(new StringReader(Files.readString(file)));
        return new ClientFile(
                options.getProperty("user", ""),
                options.getProperty("password", ""),
                Integer.parseInt(options.getProperty("port", "0")),
                options.getProperty("database", ""));
    }

    ClientFile withPort(int other) {
        return new ClientFile(user, password, other, database);
    }

    /** Returns the text of the file. {@code loose-} is for clients that do not know the option. */
    String text() {
        return """
                # mariadb --defaults-file=(this file)
                [client]
                host=%s
                port=%d
                protocol=tcp
                user=%s
                password=%s
                loose-skip-ssl

                [mysql]
                database=%s
                """.formatted(HOST, port, user, password, database);
    }

    /** Returns the SQL that gives the server this login and database, whether it has them or not. */
    String script() {
        return """
                CREATE DATABASE IF NOT EXISTS %1$s;
                CREATE USER IF NOT EXISTS %2$s;
                ALTER USER %2$s IDENTIFIED BY '%3$s';
                GRANT ALL ON *.* TO %2$s WITH GRANT OPTION;
                """.formatted(database, user, password);
    }

    /** Shows no password. */
    @Override
    public String toString() {
        return "ClientFile[user=" + user + ", port=" + port + ", database=" + database + "]";
    }
}
