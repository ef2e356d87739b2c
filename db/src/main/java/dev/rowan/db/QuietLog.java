package dev.rowan.db;

import java.util.logging.Level;
import liquibase.logging.Logger;
import liquibase.logging.core.AbstractLogService;
import liquibase.logging.core.AbstractLogger;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** Where Liquibase's log and its messages for a console go: to SLF4J, at debug, as every failure is thrown as well. */
final class QuietLog extends AbstractLogService {

    @Override
    public int getPriority() {
        return PRIORITY_NOT_APPLICABLE; // never chosen by itself: it is named in the scope of a run
    }

    @Override
    @SuppressWarnings({"rawtypes", "try"}) // both are how Liquibase declares it
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
