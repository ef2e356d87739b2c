package dev.rowan.micrometer;

import dev.rowan.observe.ObservedTransaction;
import dev.rowan.observe.TransactionOutcome;
import io.micrometer.observation.Observation;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The context of the observation of a transaction with all its attempts. */
public final class TransactionObservationContext extends Observation.Context {

    private final ObservedTransaction transaction;
    private int attempts = 1;
    private @Nullable TransactionOutcome outcome;
    private @Nullable Throwable failure;

    /** Creates the context of a transaction that has not ended. */
    public TransactionObservationContext(ObservedTransaction transaction) {
        this.transaction = transaction;
    }

    /** Returns the transaction. */
    public ObservedTransaction transaction() {
        return transaction;
    }

    /** Returns how many attempts there were until now. */
    public int attempts() {
        return attempts;
    }

    /** Returns how it ended; empty until it has. */
    public Optional<TransactionOutcome> outcome() {
        return Optional.ofNullable(outcome);
    }

    /** Returns what it threw, which may be an exception of its body; empty if it did not fail. */
    public Optional<Throwable> failure() {
        return Optional.ofNullable(failure);
    }

    void retried() {
        attempts++;
    }

    void end(TransactionOutcome end, @Nullable Throwable thrown) {
        outcome = end;
        failure = thrown;
    }
}
