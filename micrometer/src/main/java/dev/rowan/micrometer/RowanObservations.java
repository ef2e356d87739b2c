package dev.rowan.micrometer;

import dev.rowan.error.DatabaseException;
import dev.rowan.micrometer.RowanObservationDocumentation.TransactionEvents;
import dev.rowan.observe.DatabaseObserver;
import dev.rowan.observe.ObservedStatement;
import dev.rowan.observe.ObservedTransaction;
import dev.rowan.observe.StatementOutcome;
import dev.rowan.observe.TransactionOutcome;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Makes an observation of each statement, and of each transaction that Rowan begins. Immutable and thread-safe.
 *
 * <pre>{@code
 * var options = DatabaseOptions.of(url, user, password).withObserver(RowanObservations.in(registry));
 * }</pre>
 *
 * <p>The handlers of the registry decide what becomes of them: spans, meters, or both. Without a handler nothing is
 * made. An observation is given the exceptions of Rowan, which show no values; of other exceptions only the class.
 */
public final class RowanObservations implements DatabaseObserver {

    private static final TransactionObservationConvention OF_TRANSACTIONS =
            new DefaultTransactionObservationConvention();

    private final ObservationRegistry registry;
    private final StatementObservationConvention statements;
    private final TransactionObservationConvention transactions;

    private RowanObservations(
            ObservationRegistry registry,
            StatementObservationConvention statements,
            TransactionObservationConvention transactions) {
        this.registry = registry;
        this.statements = Objects.requireNonNull(statements, "statements");
        this.transactions = Objects.requireNonNull(transactions, "transactions");
    }

    /** Returns the observer for a registry, with the default conventions. */
    public static RowanObservations in(ObservationRegistry registry) {
        return new RowanObservations(registry, new DefaultStatementObservationConvention(), OF_TRANSACTIONS);
    }

    /** Returns this observer with another convention of statements. */
    public RowanObservations withConvention(StatementObservationConvention convention) {
        return new RowanObservations(registry, convention, transactions);
    }

    /** Returns this observer with another convention of transactions. */
    public RowanObservations withConvention(TransactionObservationConvention convention) {
        return new RowanObservations(registry, statements, convention);
    }

    @Override
    public @Nullable RunningStatement statement(ObservedStatement statement) {
        if (registry.isNoop()) {
            return null;
        }
        var context = new StatementObservationContext(statement);
        var observation = Observation.createNotStarted(null, statements, () -> context, registry);
        if (observation.isNoop()) {
            return null; // a predicate of the registry has refused it
        }
        return new StatementObservation(observation, started(observation), context);
    }

    @Override
    public Runnable inContext(Runnable work) {
        var current = registry.getCurrentObservation();
        return current == null ? work : () -> current.scoped(work);
    }

    @Override
    public @Nullable OpenTransaction transaction(ObservedTransaction transaction) {
        if (registry.isNoop()) {
            return null;
        }
        var context = new TransactionObservationContext(transaction);
        var observation = Observation.createNotStarted(null, transactions, () -> context, registry);
        if (observation.isNoop()) {
            return null;
        }
        return new TransactionObservation(observation, started(observation), context);
    }

    /** Starts an observation, and opens its scope. If a handler throws, both end. */
    private OpenScope started(Observation observation) {
        var before = registry.getCurrentObservationScope();
        try {
            observation.start();
            return new OpenScope(registry, observation.openScope(), before);
        } catch (Throwable e) {
            var opened = registry.getCurrentObservationScope();
            try {
                if (opened != null && !opened.equals(before)) {
                    new OpenScope(registry, opened, before).close();
                }
            } finally {
                observation.stop();
            }
            throw e;
        }
    }

    /** A scope, and the one of its thread before. */
    private record OpenScope(
            ObservationRegistry registry, Observation.Scope scope, Observation.@Nullable Scope before) {

        /** Closes the scope. The thread does not keep it, even if a handler throws. */
        void close() {
            try {
                scope.close();
            } finally {
                registry.setCurrentObservationScope(before);
            }
        }
    }

    /** Gives an observation the exceptions whose messages show no values. */
    private static void fail(Observation observation, @Nullable Throwable failure) {
        if (failure instanceof DatabaseException) {
            observation.error(failure);
        }
    }

    private record StatementObservation(Observation observation, OpenScope scope, StatementObservationContext context)
            implements RunningStatement {

        @Override
        public void executed() {
            scope.close();
        }

        @Override
        public void ended(StatementOutcome outcome) {
            context.end(outcome);
            try {
                fail(observation, outcome.failure().orElse(null));
            } finally {
                observation.stop();
            }
        }
    }

    private record TransactionObservation(
            Observation observation, OpenScope scope, TransactionObservationContext context)
            implements OpenTransaction {

        @Override
        public void retried(DatabaseException reason) {
            context.retried();
            observation.event(TransactionEvents.RETRY);
        }

        @Override
        public void ended(TransactionOutcome outcome, @Nullable Throwable failure) {
            context.end(outcome, failure);
            try {
                fail(observation, failure);
            } finally {
                end();
            }
        }

        private void end() {
            try {
                scope.close();
            } finally {
                observation.stop();
            }
        }
    }
}
