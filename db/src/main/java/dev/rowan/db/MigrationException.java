package dev.rowan.db;

import dev.rowan.db.internal.jdbc.ConnectFailure;
import dev.rowan.db.internal.migration.ChangelogFailure;
import org.jspecify.annotations.Nullable;

/** A changelog cannot be read, applied or rolled back. The message names the changeset, the reason, and the fix. */
public final class MigrationException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final boolean isConnected;

    MigrationException(String message, @Nullable Throwable cause) {
        this(message, cause, true);
    }

    private MigrationException(String message, @Nullable Throwable cause, boolean isConnected) {
        super(message, cause);
        this.isConnected = isConnected;
    }

    static MigrationException of(ConnectFailure failure) {
        return new MigrationException(String.valueOf(failure.getMessage()), failure.getCause(), false);
    }

    static MigrationException of(ChangelogFailure failure) {
        return new MigrationException(String.valueOf(failure.getMessage()), failure.getCause(), failure.isConnected());
    }

    /**
     * Returns whether there was a connection to a MySQL or MariaDB database. If not, the URL, the login or the server
     * is the cause, and nothing of the changelog was run.
     */
    public boolean isConnected() {
        return isConnected;
    }
}
