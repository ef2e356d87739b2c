package dev.rowan.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.rowan.Database;
import dev.rowan.Session;
import dev.rowan.config.TransactionOptions;
import java.util.ArrayList;
import java.util.function.Supplier;

/** A test that counts the statements of its database; the beginning and the end of a transaction are two. */
public abstract class StatementCountTest {

    public static final int BEGIN_AND_END = 2;
    public static final int SAVEPOINT = 1;
    public static final int BACK_TO_SAVEPOINT = 1;

    /** Asks by how much the keys count that the server makes. */
    public static final int STEP = 1;

    public abstract Database database();

    /** Returns how many statements the work takes. */
    public final long statements(Runnable work) {
        var before = database().statistics().statements();
        work.run();
        return database().statistics().statements() - before;
    }

    /** Returns what is read, and makes sure that it takes so many statements, a transaction around them aside. */
    public final <T> T read(long statements, Supplier<T> query) {
        var read = new ArrayList<T>();
        assertEquals(BEGIN_AND_END + statements, statements(() -> read.add(query.get())));
        return read.getFirst();
    }

    /** Runs the body in a transaction, and makes sure that it takes so many statements, its beginning and end aside. */
    public final void takes(long statements, Session.Body<RuntimeException> body) {
        takes(statements, TransactionOptions.standard(), body);
    }

    /** Runs the body likewise, in a transaction with these options. */
    public final void takes(long statements, TransactionOptions options, Session.Body<RuntimeException> body) {
        assertEquals(BEGIN_AND_END + statements, statements(() -> database().transaction(options, body)));
    }

    /** Runs the body in a transaction that such a failure rolls back, counts likewise, and returns the failure. */
    public final <X extends Throwable> X undone(
            long statements, Class<X> failure, Session.Body<RuntimeException> body) {
        var thrown = new ArrayList<X>();
        assertEquals(
                BEGIN_AND_END + statements,
                statements(
                        () -> thrown.add(assertThrows(failure, () -> database().transaction(body)))));
        return thrown.getFirst();
    }
}
