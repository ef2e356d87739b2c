package dev.rowan.session;

import dev.rowan.config.TransactionBridge;
import dev.rowan.config.TransactionOptions;
import java.util.Optional;
import javax.sql.DataSource;
import org.jooq.Isolation;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.support.DefaultTransactionDefinition;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** The least bridge to a transaction manager of Spring's. */
record SpringBridge(PlatformTransactionManager manager, DataSource pool) implements TransactionBridge {

    @Override
    public Optional<Begun> begin(TransactionOptions options, boolean readOnly) {
        if (TransactionSynchronizationManager.hasResource(pool)) {
            return Optional.empty();
        }
        var definition = new DefaultTransactionDefinition();
        definition.setReadOnly(readOnly);
        if (options.isolation().equals(Optional.of(Isolation.SERIALIZABLE))) {
            definition.setIsolationLevel(TransactionDefinition.ISOLATION_SERIALIZABLE);
        }
        return Optional.of(new SpringTransaction(manager, manager.getTransaction(definition)));
    }

    @Override
    public boolean isBound() {
        return TransactionSynchronizationManager.hasResource(pool);
    }

    @Override
    public void register(Participant participant) {
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
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
        });
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
