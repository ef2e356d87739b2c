package dev.rowan.db.internal.migration;

import java.sql.SQLException;
import java.sql.Statement;

/** Runs the statements of a changeset in place of Liquibase. */
@FunctionalInterface
public interface StatementRunner {

    /** Runs the SQL by this statement, and returns what {@link Statement#execute(String)} returned. */
    boolean execute(Statement statement, String sql) throws SQLException;
}
