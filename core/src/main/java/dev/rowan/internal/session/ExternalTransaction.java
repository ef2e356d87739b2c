package dev.rowan.internal.session;

import java.util.UUID;

/** A transaction that other code begins and ends: a session takes part in it until then. */
final class ExternalTransaction implements ServerTransaction {

    private final TransactionConnection connection;
    private final String name = "rowan_" + UUID.randomUUID().toString().replace('-', '_');

    ExternalTransaction(TransactionConnection connection) {
        this.connection = connection;
    }

    @Override
    public void begin() {
        connection.requireOwnersOpen();
    }

    /** Checks that the owner may commit. */
    @Override
    public void commit() {
        connection.requireOwnersOpen();
    }

    @Override
    public void rollback(Throwable failure) {} // its owner does

    @Override
    public String name() {
        return name;
    }

    @Override
    public boolean isJoined() {
        return true;
    }

    @Override
    public boolean isShared() {
        return true;
    }

    @Override
    public void requireCommit() {}

    @Override
    public void requireReadOnly() {}
}
