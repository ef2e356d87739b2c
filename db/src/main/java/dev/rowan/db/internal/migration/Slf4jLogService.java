package dev.rowan.db.internal.migration;

import java.util.logging.Level;
import liquibase.logging.Logger;
import liquibase.logging.core.AbstractLogService;
import liquibase.logging.core.AbstractLogger;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * Writes Liquibase's log and its console messages to SLF4J. The level is always debug, because every failure is also
 * thrown as an exception.
 */
final class Slf4jLogService extends AbstractLogService {

    @Override
    public int getPriority() {
        return PRIORITY_NOT_APPLICABLE; // the scope names this service: Liquibase does not select it by priority
    }

    @Override
    @SuppressWarnings({"rawtypes", "try"}) // as Liquibase declares it
    public Logger getLog(Class type) {
        var log = LoggerFactory.getLogger(type);
        return new AbstractLogger() {
            @Override
            public void log(Level level, @Nullable String message, @Nullable Throwable failure) {
                log.debug(message, failure);
            }
        };
    }
}
