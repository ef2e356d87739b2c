package dev.rowan;

import dev.rowan.error.CommitOutcomeUnknown;
import dev.rowan.error.DatabaseException;
import dev.rowan.error.StatementTimeout;
import dev.rowan.error.TransientFailure;
import dev.rowan.error.TransientFailure.Kind;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.UUID;
import java.util.function.Function;
import org.jooq.Transaction;
import org.jspecify.annotations.Nullable;

/**
 * One transaction and its connection. It is begun and ended by texts under autocommit, which costs a round trip less than
 * JDBC's own way. Not thread-safe.
 */
final class SessionChannel implements Channel, Transaction {

    /** The work of a transaction, or of a part of it. */
    @FunctionalInterface
    interface Work<T extends @Nullable Object, X extends Exception> {
        T run(SessionChannel session) throws X;
    }

    /** A point of the transaction to go back to; one of the same depth takes the place of an earlier one. */
    record Savepoint(String name, int depth, int actions) implements Transaction {}

    private final Connections connections;
    private final Statements statements;
    private final TransactionOptions options;
    private final boolean readOnly;
    private final Deadline deadline;
    private final AfterCommit afterCommit = new AfterCommit();

    /** Whether this is a part, under a savepoint, of a transaction of somebody else's. */
    private boolean joined;

    /** That savepoint; null until it is set. */
    private @Nullable String base;

    /** Null before the transaction and after it. */
    private @Nullable Connection connection;

    /** The connection as jOOQ sees it; null until it is asked for. */
    private @Nullable LentConnection lent;

    /** Why the server ended the transaction on its own; null while it is open. */
    private @Nullable TransientFailure doom;

    /** Whether nobody may have the connection after this. */
    private boolean spoiled;

    private int depth;
    private boolean streaming;

    SessionChannel(
            Connections connections,
            Statements statements,
            TransactionOptions options,
            boolean readOnly,
            Deadline deadline) {
        this.connections = connections;
        this.statements = statements;
        this.options = options;
        this.readOnly = readOnly;
        this.deadline = deadline;
    }

    void begin() {
        deadline.check();
        connection = connections.borrow();
        joined = connections.isJoined(connection);
        if (joined) join();
        else start();
    }

    /** Sets a savepoint, by a name that no other part of the same transaction has. */
    private void join() {
        if (options.isolation().isPresent())
            throw new IllegalStateException("This is within a transaction that was begun elsewhere, whose isolation"
                    + " stands. Set it where that transaction is begun.");
        var name = "rowan_" + UUID.randomUUID().toString().replace('-', '_');
        execute("SAVEPOINT " + name);
        base = name;
    }

    private void start() {
        spoiled = true; // an isolation that was set would be that of the connection's next transaction
        options.isolation()
                .ifPresent(level -> execute(
                        "SET TRANSACTION ISOLATION LEVEL " + level.name().replace('_', ' ')));
        execute(readOnly ? "START TRANSACTION READ ONLY" : "START TRANSACTION");
        spoiled = false;
    }

    /**
     * Returns the connection, if it can take a statement.
     *
     * @throws IllegalStateException after the end of the transaction, or while a stream is open
     * @throws TransientFailure if the server has ended it
     * @throws StatementTimeout if its time is over
     */
    Connection connection() {
        if (doom != null)
            throw new TransientFailure(
                    "The transaction takes no more statements: the server has ended it. What came first: "
                            + doom.getMessage(),
                    doom.kind(),
                    doom);
        var open = open();
        if (streaming)
            throw new IllegalStateException("A stream is open in this session, and its connection takes no other"
                    + " statement until the stream's body returns. Read what you need before or after it, or use"
                    + " list().");
        deadline.check();
        return open;
    }

    @Override
    public Statements statements() {
        return statements;
    }

    @Override
    public <T> T run(Call<T> call) {
        var open = connection();
        try {
            return statements.run(call.within(options.prefix(), deadline.seconds()), open);
        } catch (DatabaseException failure) {
            throw failed(failure);
        }
    }

    @Override
    public <T extends @Nullable Object, X extends Exception> T stream(RowStream<?, T, X> stream) throws X {
        var stop = new Stop(run(Stop.CONNECTION_ID), connections);
        var call = stream.call(stop).within(options.prefix(), deadline.seconds());
        RowStream.Outcome<T> outcome;
        streaming = true;
        try {
            outcome = statements.run(call, open());
        } catch (DatabaseException failure) {
            throw failed(failure);
        } finally {
            streaming = false;
        }
        if (stream.failure() != null) failed(stream.failure());
        return stream.result(outcome);
    }

    @Override
    public <T> T atomically(Function<Channel, T> work) {
        return nested(work::apply);
    }

    @Override
    public <T> T consistently(Function<Channel, T> reads) {
        return reads.apply(this);
    }

    @Override
    public <T> T once(Once<T> work) {
        return nested(session -> work.run(session, false));
    }

    /** Runs work that is rolled back alone when it throws. */
    <T extends @Nullable Object, X extends Exception> T nested(Work<T, X> work) throws X {
        var savepoint = savepoint();
        T result;
        try {
            result = work.run(this);
        } catch (Throwable failure) {
            try {
                rollbackTo(savepoint);
            } catch (DatabaseException e) {
                failure.addSuppressed(e);
            }
            throw failure;
        }
        release(savepoint);
        return result;
    }

    Savepoint savepoint() {
        connection();
        var savepoint =
                new Savepoint((base == null ? "rowan" : base) + "_" + (depth + 1), depth + 1, afterCommit.size());
        execute("SAVEPOINT " + savepoint.name());
        depth++;
        return savepoint;
    }

    void rollbackTo(Savepoint savepoint) {
        depth = savepoint.depth() - 1;
        afterCommit.keep(savepoint.actions());
        if (doom == null) execute("ROLLBACK TO SAVEPOINT " + savepoint.name());
    }

    /** Goes on without the savepoint; the server forgets it by itself. */
    void release(Savepoint savepoint) {
        depth = savepoint.depth() - 1;
        connection();
    }

    AfterCommit afterCommit() {
        return afterCommit;
    }

    void afterCommit(Runnable action) {
        connection();
        if (joined)
            throw new IllegalStateException("This is within a transaction that was begun elsewhere, whose commit is"
                    + " not seen here. Register the action there: with Spring, by"
                    + " TransactionSynchronizationManager.registerSynchronization(…).");
        afterCommit.add(action);
    }

    /** Says whether this is a part of a transaction of somebody else's: for them to commit, and to run again. */
    boolean isJoined() {
        return joined;
    }

    /** @throws IllegalStateException if this is a part of a transaction that may write */
    void requireReadOnly() {
        try {
            if (joined && !open().isReadOnly())
                throw new IllegalStateException("This is within a transaction that was begun elsewhere and may write."
                        + " Use transactionResult(…) here, or begin that transaction as read-only.");
        } catch (SQLException e) {
            throw failed(Errors.typed(e, Verb.RUN, null));
        }
    }

    /** Returns the connection for jOOQ, which is watched for what may stay on it. */
    Connection lent() {
        var open = connection();
        if (lent == null) lent = LentConnection.withinTransaction(open);
        return lent.connection();
    }

    /** Takes note of what a failure did to the transaction, and returns it in the words that fit the transaction. */
    DatabaseException failed(DatabaseException failure) {
        // one without a cause is the deadline's own already
        if (failure instanceof StatementTimeout && failure.getCause() != null && deadline.isOver())
            return deadline.passed(failure);
        spoiled |= Connections.isSpoiledBy(failure);
        if (failure instanceof TransientFailure passing) {
            switch (passing.kind()) {
                case DEADLOCK, CONNECTION_LOST -> doomed(passing);
                case INTERRUPTED -> {
                    if (!isAlive()) doomed(passing); // the statement is stopped first, then the connection
                }
                case LOCK_TIMEOUT, READ_ONLY_SERVER, UNREACHABLE, TOO_MANY_CONNECTIONS, POOL_EXHAUSTED -> {}
            }
        }
        return failure;
    }

    /** Returns why the transaction failed: what the server said first, else what was thrown. */
    Throwable reason(Throwable thrown) {
        return doom == null || thrown instanceof CommitOutcomeUnknown ? thrown : doom;
    }

    /** Returns what is put before the text of each statement. */
    String prefix() {
        return options.prefix();
    }

    Deadline deadline() {
        return deadline;
    }

    void commit() {
        if (doom != null) throw doom;
        connection();
        if (joined) {
            execute("RELEASE SAVEPOINT " + base);
            return;
        }
        try {
            execute("COMMIT");
        } catch (TransientFailure lost) {
            if (lost.kind() != Kind.CONNECTION_LOST || readOnly) throw lost;
            throw new CommitOutcomeUnknown(
                    "The connection was lost during COMMIT: the transaction may have been committed, or not."
                            + " Look for what it wrote before you run it again.",
                    lost.getCause());
        }
        statements.counters().committed();
    }

    void rollback(Throwable failure) {
        if (connection == null) return;
        if (!joined && !(failure instanceof CommitOutcomeUnknown))
            statements.counters().rolledBack();
        if (joined ? doom != null || base == null : doom != null && spoiled) return; // there is nothing to go back to
        try {
            execute(joined ? "ROLLBACK TO SAVEPOINT " + base : "ROLLBACK");
        } catch (DatabaseException e) {
            spoiled = true;
            failure.addSuppressed(e);
        }
    }

    /** Gives the connection back; nothing can be done in the session from now on. */
    void end() {
        if (connection == null) return;
        if (lent != null) {
            lent.end();
            spoiled |= lent.isMarked();
        }
        if (spoiled) connections.discard(connection);
        else connections.giveBack(connection);
        connection = null;
    }

    private Connection open() {
        if (connection == null)
            throw new IllegalStateException(
                    "The session's transaction has ended. Use the session inside the body that it was given to.");
        return connection;
    }

    private void execute(String text) {
        try {
            statements.execute(options.prefix() + text, open());
        } catch (DatabaseException failure) {
            throw failed(failure);
        }
    }

    private void doomed(TransientFailure failure) {
        if (doom == null) doom = failure;
    }

    private boolean isAlive() {
        try {
            return open().isValid(1);
        } catch (SQLException e) {
            return false;
        }
    }
}
