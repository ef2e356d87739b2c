package dev.rowan.observe;

import dev.rowan.error.DatabaseException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Keeps a line for each thing that it is told of. Thread-safe. */
final class RecordingObserver implements DatabaseObserver {

    private final List<String> lines = Collections.synchronizedList(new ArrayList<>());
    private final List<String> texts = Collections.synchronizedList(new ArrayList<>());
    private final AtomicInteger started = new AtomicInteger();

    /** Returns how many statements have not ended. */
    int running() {
        return started.get();
    }

    /** Returns the lines since the last call. */
    List<String> lines() {
        var taken = List.copyOf(lines);
        lines.clear();
        return taken;
    }

    /** Returns the texts of the statements since the last call. */
    List<String> texts() {
        var taken = List.copyOf(texts);
        texts.clear();
        return taken;
    }

    @Override
    public RunningStatement statement(ObservedStatement statement) {
        texts.add(statement.text());
        started.incrementAndGet();
        return new RunningStatement() {
            @Override
            public void executed() {
                lines.add(statement.summary() + (statement.calls() > 1 ? " for " + statement.calls() : ""));
            }

            @Override
            public void ended(StatementOutcome outcome) {
                started.decrementAndGet();
                if (outcome.failure().isPresent()) {
                    lines.add("failed: " + outcome.failure().get().getClass().getSimpleName());
                } else if (outcome.rowsRead().isPresent()) {
                    lines.add("read " + outcome.rowsRead().getAsLong());
                } else {
                    lines.add(
                            outcome.rowsWritten().orElse(0) == 0
                                    ? "ended"
                                    : "wrote " + outcome.rowsWritten().getAsLong());
                }
            }
        };
    }

    @Override
    public Runnable inContext(Runnable work) {
        lines.add("in context");
        return work;
    }

    @Override
    public OpenTransaction transaction(ObservedTransaction transaction) {
        lines.add("transaction" + transaction.name().map(name -> " " + name).orElse("")
                + (transaction.readOnly() ? ", read-only" : ""));
        return new OpenTransaction() {
            @Override
            public void retried(DatabaseException reason) {
                lines.add("retried after " + reason.getClass().getSimpleName());
            }

            @Override
            public void ended(TransactionOutcome outcome, @Nullable Throwable failure) {
                lines.add(outcome
                        + (failure == null ? "" : " " + failure.getClass().getSimpleName()));
            }
        };
    }
}
