package dev.rowan.internal.statement;

import dev.rowan.internal.connection.ConnectionSource;
import dev.rowan.internal.connection.SqlClassifier;
import dev.rowan.internal.failure.MysqlError;
import dev.rowan.internal.util.Alarm;
import dev.rowan.internal.util.Deadline;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Stops statements that take longer than the statement timeout, or than the deadline of their call: reads and writes,
 * on both engines. One timer covers all. A statement is stopped by KILL QUERY on another connection, and its thread
 * goes on only when the server has answered the kill: no kill hits a later statement. Thread-safe.
 */
public final class StatementWatch {

    private final ConnectionSource connections;
    private final long timeout;
    private final long lockTimeout;
    private final Set<Running> running = ConcurrentHashMap.newKeySet();
    private final Alarm alarm = new Alarm(this::check, Thread::startVirtualThread);

    /**
     * Creates the watch of a database.
     *
     * @param connections stops the statements of its connections
     * @param timeout the limit of a statement
     * @param lockTimeout the limit of a statement that may wait for a lock
     */
    public StatementWatch(ConnectionSource connections, Duration timeout, Duration lockTimeout) {
        this.connections = connections;
        this.timeout = timeout.toNanos();
        this.lockTimeout = lockTimeout.toNanos();
    }

    /** Returns a watch that limits statements only by the deadlines of their calls. */
    public static StatementWatch ofDeadlines(ConnectionSource connections) {
        var unlimited = Duration.ofNanos(Deadline.UNLIMITED);
        return new StatementWatch(connections, unlimited, unlimited);
    }

    /** How long a statement may take, apart from the deadline of its call. */
    enum Limit {
        /** A query: the statement timeout. */
        QUERY,
        /** A statement that may wait for a lock, or write: the time for that wait besides. */
        LOCKING,
        /** A query whose rows the caller takes one by one, in its own time: no limit. */
        STREAM;

        /** Returns the limit of SQL that the caller wrote. */
        static Limit of(String sql) {
            return SqlClassifier.reads(sql) && !SqlClassifier.locks(sql) ? QUERY : LOCKING;
        }
    }

    /** Sends a statement, and reads what is part of its execution. */
    @FunctionalInterface
    interface Execution<T extends @Nullable Object> {
        T run() throws SQLException;
    }

    /**
     * Runs a statement under its limits.
     *
     * @throws SQLTimeoutException if it was stopped
     */
    <T extends @Nullable Object> T during(PreparedStatement statement, Limit limit, Execution<T> execution)
            throws SQLException {
        var running = start(statement, limit);
        try {
            var result = execution.run();
            running.requireAnswer(limit);
            return result;
        } catch (SQLException e) {
            throw running.failed(e);
        } finally {
            running.ended();
        }
    }

    /**
     * Begins to watch a statement that the current thread is about to execute. It also keeps the limit that the
     * statement has from its owner, such as Spring, in place of the driver's timer, which may hit a later statement.
     */
    Running start(Statement statement, Limit limit) throws SQLException {
        var most = Math.min(nanos(limit), Deadline.current().nanosLeft());
        var seconds = statement.getQueryTimeout();
        if (seconds > 0) {
            statement.setQueryTimeout(0);
            most = Math.min(most, TimeUnit.SECONDS.toNanos(seconds));
        }
        return start(statement.getConnection(), most);
    }

    private long nanos(Limit limit) {
        return switch (limit) {
            case QUERY -> timeout;
            case LOCKING -> lockTimeout;
            case STREAM -> Deadline.UNLIMITED;
        };
    }

    private Running start(Connection connection, long most) {
        var statement = new Running(connection, most == Deadline.UNLIMITED ? Alarm.NEVER : System.nanoTime() + most);
        if (statement.end != Alarm.NEVER) {
            running.add(statement);
            alarm.by(statement.end);
        }
        return statement;
    }

    /** Stops the statements that are over their limits, and returns when to check again. */
    private long check() {
        var now = System.nanoTime();
        var due = running.stream().filter(statement -> now - statement.end >= 0).toList();
        due.forEach(statement -> Thread.startVirtualThread(statement::stop));
        due.forEach(running::remove);
        var next = Alarm.NEVER;
        for (var statement : running) {
            if (next == Alarm.NEVER || statement.end - next < 0) {
                next = statement.end;
            }
        }
        return next;
    }

    /** One statement while it runs. */
    final class Running {

        private final Connection connection;

        /** The time of {@link System#nanoTime} by which the statement must have ended, or {@link Alarm#NEVER}. */
        private final long end;

        /** Null while the statement runs; then empty if it ended before its limit, or else the kill. */
        private final AtomicReference<@Nullable Optional<CompletableFuture<@Nullable Void>>> ending =
                new AtomicReference<>();

        private Running(Connection connection, long end) {
            this.connection = connection;
            this.end = end;
        }

        /**
         * Ends the watch, after the statement's answer or failure. If the statement is being stopped, waits until the
         * server has answered the kill. May be called again.
         *
         * @return whether the statement was stopped
         */
        boolean ended() {
            if (end == Alarm.NEVER) {
                return false;
            }
            if (ending.compareAndSet(null, Optional.empty())) {
                running.remove(this);
            }
            var kill = Objects.requireNonNull(ending.get());
            kill.ifPresent(CompletableFuture::join);
            return kill.isPresent();
        }

        /**
         * Ends the watch as {@link #ended}, after an answer. That of a query that was stopped is not used: MySQL's
         * {@code sleep()} then answers as if it had slept. A write that was stopped too late has been done.
         *
         * @throws SQLTimeoutException if the statement was stopped
         */
        void requireAnswer(Limit limit) throws SQLTimeoutException {
            if (ended() && limit != Limit.LOCKING) {
                throw new SQLTimeoutException("The query was stopped.");
            }
        }

        /** Ends the watch as {@link #ended}, and returns the failure of the statement: a timeout if it was stopped. */
        SQLException failed(SQLException failure) {
            return ended() && MysqlError.QUERY_INTERRUPTED.is(failure)
                    ? new SQLTimeoutException(failure.getMessage(), failure.getSQLState(), failure)
                    : failure;
        }

        private void stop() {
            var kill = new CompletableFuture<@Nullable Void>();
            if (ending.compareAndSet(null, Optional.of(kill))) {
                try {
                    connections.stopStatement(connection);
                } finally {
                    kill.complete(null);
                }
            }
        }
    }
}
