package dev.rowan.app;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.function.Consumer;
import org.slf4j.LoggerFactory;

/** Passes each statement that Rowan logs to a consumer. */
final class SqlLogAppender extends AppenderBase<ILoggingEvent> {

    private final Consumer<String> consumer;

    private SqlLogAppender(Consumer<String> consumer) {
        this.consumer = consumer;
    }

    /** Runs the action, and passes every statement that is logged in the meantime to the consumer. */
    static void capture(Consumer<String> consumer, Runnable action) {
        var logger = (Logger) LoggerFactory.getLogger("dev.rowan.sql");
        var appender = new SqlLogAppender(consumer);
        appender.start();
        logger.addAppender(appender);
        logger.setAdditive(false);
        logger.setLevel(Level.DEBUG);
        try {
            action.run();
        } finally {
            logger.setLevel(null);
            logger.setAdditive(true);
            logger.detachAppender(appender);
        }
    }

    @Override
    protected void append(ILoggingEvent statement) {
        consumer.accept(statement.getFormattedMessage());
    }
}
