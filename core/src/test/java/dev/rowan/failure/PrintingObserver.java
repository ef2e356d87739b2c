package dev.rowan.failure;

import dev.rowan.error.DatabaseException;
import dev.rowan.observe.DatabaseObserver;
import dev.rowan.observe.ObservedStatement;
import dev.rowan.observe.ObservedTransaction;
import dev.rowan.observe.StatementOutcome;
import dev.rowan.observe.TransactionOutcome;
import java.io.PrintStream;
import org.jspecify.annotations.Nullable;

/** Prints all that it is told. */
record PrintingObserver(PrintStream out) implements DatabaseObserver {

    @Override
    public RunningStatement statement(ObservedStatement statement) {
        out.println(statement.summary() + ": " + statement.text() + " on " + statement.server());
        return new RunningStatement() {
            @Override
            public void executed() {}

            @Override
            public void ended(StatementOutcome outcome) {
                outcome.failure()
                        .filter(DatabaseException.class::isInstance)
                        .ifPresent(failure -> failure.printStackTrace(out));
            }
        };
    }

    @Override
    public Runnable inContext(Runnable work) {
        return work;
    }

    @Override
    public OpenTransaction transaction(ObservedTransaction transaction) {
        out.println(transaction);
        return new OpenTransaction() {
            @Override
            public void retried(DatabaseException reason) {
                reason.printStackTrace(out);
            }

            @Override
            public void ended(TransactionOutcome outcome, @Nullable Throwable failure) {
                if (failure instanceof DatabaseException) {
                    failure.printStackTrace(out);
                }
            }
        };
    }
}
