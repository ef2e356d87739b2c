package dev.rowan.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.rowan.Database;
import dev.rowan.Session;
import dev.rowan.config.TransactionOptions;
import java.util.ArrayList;
import java.util.function.Supplier;

/**
 * A test that counts the statements its database sends. The statements that begin and end a transaction count as two.
 */
public abstract class StatementCountTest {

    /** The statements that begin a transaction and commit it or roll it back. */
    public static final int BEGIN_AND_END = 2;

    public static final int SAVEPOINT = 1;
    public static final int ROLLBACK_TO_SAVEPOINT = 1;

    /** The query of auto_increment_increment, the step between the keys that the server generates. */
    public static final int INCREMENT_QUERY = 1;

    /** Returns the database whose statements are counted. */
    public abstract Database database();

    /** Returns the number of statements that the work sends. */
    public final long countStatements(Runnable work) {
        var before = database().statistics().statements();
        work.run();
        return database().statistics().statements() - before;
    }

    /**
     * Runs a query that opens a read transaction of its own, asserts its number of statements, and returns its result.
     *
     * @param statements the number besides those that begin and end the transaction
     */
    public final <T> T assertStatementsOfRead(long statements, Supplier<T> query) {
        var read = new ArrayList<T>();
        assertEquals(BEGIN_AND_END + statements, countStatements(() -> read.add(query.get())));
        return read.getFirst();
    }

    /**
     * Runs the body in a transaction, and asserts its number of statements.
     *
     * @param statements the number besides those that begin and end the transaction
     */
    public final void assertStatements(long statements, Session.Body<RuntimeException> body) {
        assertStatements(statements, TransactionOptions.standard(), body);
    }

    /** Does the same in a transaction with options. */
    public final void assertStatements(
            long statements, TransactionOptions options, Session.Body<RuntimeException> body) {
        assertEquals(
                BEGIN_AND_END + statements, countStatements(() -> database().transaction(options, body)));
    }

    /**
     * Runs a body that fails, asserts that its transaction is rolled back with this number of statements, and returns
     * the failure.
     */
    public final <X extends Throwable> X assertStatementsOfRollback(
            long statements, Class<X> failure, Session.Body<RuntimeException> body) {
        var thrown = new ArrayList<X>();
        assertEquals(
                BEGIN_AND_END + statements,
                countStatements(
                        () -> thrown.add(assertThrows(failure, () -> database().transaction(body)))));
        return thrown.getFirst();
    }
}
