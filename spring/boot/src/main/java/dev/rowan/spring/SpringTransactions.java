package dev.rowan.spring;

import dev.rowan.config.TransactionBridge;
import dev.rowan.config.TransactionOptions;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import javax.sql.DataSource;
import org.jooq.Isolation;
import org.springframework.jdbc.datasource.ConnectionHolder;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.support.DefaultTransactionDefinition;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Begins Rowan's transactions by Spring's transaction manager. */
final class SpringTransactions implements TransactionBridge {

    private final PlatformTransactionManager manager;
    private final DataSource pool;

    /** @param pool the DataSource of the transaction manager, to which it binds the connection of a thread */
    SpringTransactions(PlatformTransactionManager manager, DataSource pool) {
        this.manager = manager;
        this.pool = pool;
    }

    @Override
    public Optional<Begun> begin(TransactionOptions options, boolean readOnly) {
        if (isInTransaction()) {
            return Optional.empty();
        }
        var status = manager.getTransaction(definition(options, readOnly));
        if (!status.isNewTransaction()) {
            manager.commit(status); // ends this participation only
            return Optional.empty();
        }
        return Optional.of(new SpringTransaction(manager, status));
    }

    private static TransactionDefinition definition(TransactionOptions options, boolean readOnly) {
        var definition = new DefaultTransactionDefinition();
        definition.setReadOnly(readOnly);
        options.name().ifPresent(definition::setName);
        options.isolation().map(SpringTransactions::level).ifPresent(definition::setIsolationLevel);
        options.timeout().map(SpringTransactions::wholeSeconds).ifPresent(definition::setTimeout);
        return definition;
    }

    private static int level(Isolation isolation) {
        return switch (isolation) {
            case READ_UNCOMMITTED -> TransactionDefinition.ISOLATION_READ_UNCOMMITTED;
            case READ_COMMITTED -> TransactionDefinition.ISOLATION_READ_COMMITTED;
            case REPEATABLE_READ -> TransactionDefinition.ISOLATION_REPEATABLE_READ;
            case SERIALIZABLE -> TransactionDefinition.ISOLATION_SERIALIZABLE;
        };
    }

    /** Rounds up: Rowan ends its own statements by the exact time. */
    private static int wholeSeconds(Duration timeout) {
        var seconds = timeout.plusNanos(999_999_999).toSeconds();
        return (int) Math.min(seconds, Integer.MAX_VALUE);
    }

    /** Within a synchronization without a transaction too: the thread keeps its connection until the end of that. */
    @Override
    public boolean isBound() {
        return TransactionSynchronizationManager.isSynchronizationActive()
                || TransactionSynchronizationManager.hasResource(pool);
    }

    @Override
    public void register(Participant participant) {
        if (!isInTransaction()) {
            throw new IllegalStateException("The thread has no transaction of Spring's open on this pool.");
        }
        if (!TransactionSynchronizationManager.isSynchronizationActive()) {
            throw new IllegalStateException("The thread's transaction has ended, and this is one of the listeners after"
                    + " its commit or rollback. Begin another transaction there: call a method with"
                    + " @Transactional(propagation = Propagation.REQUIRES_NEW).");
        }
        TransactionSynchronizationManager.registerSynchronization(new Synchronization(participant));
    }

    /**
     * The thread may have the transaction of another pool's manager open: it keeps a connection of this one, too. The
     * holder of a transaction that was suspended and resumed has no connection until the next call.
     */
    private boolean isInTransaction() {
        return TransactionSynchronizationManager.isActualTransactionActive()
                && TransactionSynchronizationManager.getResource(pool) instanceof ConnectionHolder bound
                && bound.getConnectionHandle() != null
                && !isAutoCommit(bound.getConnection());
    }

    private static boolean isAutoCommit(Connection connection) {
        try {
            return connection.getAutoCommit();
        } catch (SQLException e) {
            return false; // it is lost, which its transaction learns at its next statement
        }
    }

    private record Synchronization(Participant participant) implements TransactionSynchronization {

        @Override
        public void beforeCommit(boolean readOnly) {
            participant.beforeCommit();
        }

        @Override
        public void afterCommit() {
            participant.afterCommit();
        }

        @Override
        public void afterCompletion(int status) {
            participant.afterCompletion(status == STATUS_COMMITTED);
        }

        @Override
        public void savepoint(Object savepoint) {
            participant.savepoint(savepoint);
        }

        @Override
        public void savepointRollback(Object savepoint) {
            participant.rolledBackTo(savepoint);
        }
    }

    private record SpringTransaction(PlatformTransactionManager manager, TransactionStatus status) implements Begun {

        @Override
        public void commit() {
            manager.commit(status);
        }

        @Override
        public void rollback() {
            manager.rollback(status);
        }
    }
}
