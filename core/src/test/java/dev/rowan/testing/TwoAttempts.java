package dev.rowan.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.rowan.Database;
import dev.rowan.Session;
import dev.rowan.error.TransientFailure;
import dev.rowan.error.TransientFailure.Kind;

/** A transaction's body whose first attempt ends in a deadlock, so that the transaction runs it once more. */
public final class TwoAttempts implements Session.Body<RuntimeException> {

    private final Session.Body<RuntimeException> body;
    private int attempts;

    /** @param body what each attempt does */
    public TwoAttempts(Session.Body<RuntimeException> body) {
        this.body = body;
    }

    @Override
    public void run(Session session) {
        attempts++;
        body.run(session);
        if (attempts == 1) {
            throw new TransientFailure("the first attempt fails", Kind.DEADLOCK, null);
        }
    }

    /** Runs the body in a transaction of two attempts. */
    public static void run(Database database, Session.Body<RuntimeException> body) {
        var both = new TwoAttempts(body);
        database.transaction(both);
        assertEquals(2, both.attempts);
    }
}
