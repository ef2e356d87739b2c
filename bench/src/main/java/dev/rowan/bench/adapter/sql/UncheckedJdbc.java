package dev.rowan.bench.adapter.sql;

import java.sql.SQLException;

/** Runs JDBC code without checked exceptions: any failure ends the iteration. */
final class UncheckedJdbc {

    private UncheckedJdbc() {}

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
