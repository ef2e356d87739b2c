package dev.rowan.spring;

import dev.rowan.error.AfterCommitFailure;
import dev.rowan.error.CommitOutcomeUnknown;
import dev.rowan.error.ConstraintViolation;
import dev.rowan.error.DatabaseException;
import dev.rowan.error.InvalidPageToken;
import dev.rowan.error.InvalidValue;
import dev.rowan.error.NotFound;
import dev.rowan.error.NotLoaded;
import dev.rowan.error.NotUnique;
import dev.rowan.error.OtherFailure;
import dev.rowan.error.RaisedSignal;
import dev.rowan.error.SchemaMismatch;
import dev.rowan.error.StaleRecord;
import dev.rowan.error.StatementTimeout;
import dev.rowan.error.TransientFailure;
import dev.rowan.error.UniqueViolation;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.CannotAcquireLockException;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.EmptyResultDataAccessException;
import org.springframework.dao.IncorrectResultSizeDataAccessException;
import org.springframework.dao.InvalidDataAccessApiUsageException;
import org.springframework.dao.InvalidDataAccessResourceUsageException;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.dao.PessimisticLockingFailureException;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.dao.TransientDataAccessResourceException;
import org.springframework.dao.UncategorizedDataAccessException;
import org.springframework.dao.support.PersistenceExceptionTranslator;

/** Translates Rowan's exceptions, which stay the cause, into Spring's. */
final class ExceptionTranslator implements PersistenceExceptionTranslator {

    @Override
    public @Nullable DataAccessException translateExceptionIfPossible(RuntimeException failure) {
        return failure instanceof DatabaseException known ? translated(known) : null;
    }

    private static @Nullable DataAccessException translated(DatabaseException e) {
        var message = e.getMessage();
        return switch (e) {
            case UniqueViolation violation -> new DuplicateKeyException(message, violation);
            case ConstraintViolation violation -> new DataIntegrityViolationException(message, violation);
            case InvalidValue invalid -> new DataIntegrityViolationException(message, invalid);
            case StaleRecord stale -> new OptimisticLockingFailureException(message, stale);
            case TransientFailure failure -> translated(failure);
            case StatementTimeout timeout -> new QueryTimeoutException(message, timeout);
            case NotFound none -> new EmptyResultDataAccessException(message, 1, none);
            case NotUnique several -> new IncorrectResultSizeDataAccessException(message, 1, several);
            case SchemaMismatch mismatch -> new InvalidDataAccessResourceUsageException(message, mismatch);
            case NotLoaded misuse -> new InvalidDataAccessApiUsageException(message, misuse);
            case InvalidPageToken token -> new InvalidDataAccessApiUsageException(message, token);
            case CommitOutcomeUnknown unknown -> new DataAccessResourceFailureException(message, unknown);
            case RaisedSignal signal -> new Uncategorized(message, signal);
            case OtherFailure other -> new Uncategorized(message, other);
            case AfterCommitFailure committed -> null; // no access to data has failed
        };
    }

    private static DataAccessException translated(TransientFailure e) {
        return switch (e.kind()) {
            case DEADLOCK, RENUMBERED -> new PessimisticLockingFailureException(e.getMessage(), e);
            case LOCK_TIMEOUT -> new CannotAcquireLockException(e.getMessage(), e);
            case CONNECTION_LOST, TOO_MANY_CONNECTIONS, READ_ONLY_SERVER, INTERRUPTED ->
                new TransientDataAccessResourceException(e.getMessage(), e);
            case UNREACHABLE, POOL_EXHAUSTED -> new DataAccessResourceFailureException(e.getMessage(), e);
        };
    }

    /** A failure for which Spring has no type. */
    private static final class Uncategorized extends UncategorizedDataAccessException {

        private static final long serialVersionUID = 1;

        Uncategorized(String message, DatabaseException cause) {
            super(message, cause);
        }
    }
}
