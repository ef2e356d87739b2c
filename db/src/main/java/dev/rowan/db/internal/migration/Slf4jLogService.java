package dev.rowan.db.internal.migration;

import java.util.logging.Level;
import java.util.regex.Pattern;
import liquibase.logging.Logger;
import liquibase.logging.core.AbstractLogService;
import liquibase.logging.core.AbstractLogger;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * Writes Liquibase's log to SLF4J. The level is always debug, because every failure is also thrown as an exception.
 *
 * <p>Left out is what may contain data of the database or values of changelog parameters: exceptions, statements, the
 * server's warnings, and the details of a failure, which Liquibase writes after the first line or a colon.
 */
final class Slf4jLogService extends AbstractLogService {

    private static final Pattern DETAILS = Pattern.compile("(?:\\R|\\bError: |\\bReason: ).*", Pattern.DOTALL);

    @Override
    public int getPriority() {
        return PRIORITY_NOT_APPLICABLE; // the scope names this service: Liquibase does not select it by priority
    }

    @Override
    @SuppressWarnings({"rawtypes", "try"}) // as Liquibase declares it
    public Logger getLog(Class type) {
        var log = LoggerFactory.getLogger(type);
        var hasData = type.getName().startsWith("liquibase.executor.")
                || type.getName().startsWith("liquibase.ui.")
                || type.getName().startsWith("liquibase.precondition.");
        return new AbstractLogger() {
            @Override
            public void log(Level level, @Nullable String message, @Nullable Throwable failure) {
                if (!log.isDebugEnabled()) {
                    return;
                }
                if (failure != null) {
                    log.debug("Liquibase reports {}", failure.getClass().getName());
                } else if (!hasData && message != null) {
                    log.debug(DETAILS.matcher(message.strip()).replaceFirst("…"));
                }
            }
        };
    }
}
