package dev.rowan.bench;

import java.sql.SQLException;

/** JDBC without checked exceptions: what fails ends a turn, whatever it is. */
final class Sql {

    private Sql() {}

    interface Body<T> {
        T run() throws SQLException;
    }

    interface Function<A, T> {
        T apply(A argument) throws SQLException;
    }

    static <T> T call(Body<T> body) {
        try {
            return body.run();
        } catch (SQLException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }
}
