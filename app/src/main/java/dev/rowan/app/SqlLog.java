package dev.rowan.app;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.function.Consumer;
import org.slf4j.LoggerFactory;

/** Hands on the text of each statement that Rowan runs, taken from its log. */
final class SqlLog extends AppenderBase<ILoggingEvent> {

    private final Consumer<String> reader;

    private SqlLog(Consumer<String> reader) {
        this.reader = reader;
    }

    /** Does the work, and hands the statements that run meanwhile to the reader. */
    static void read(Consumer<String> reader, Runnable work) {
        var logger = (Logger) LoggerFactory.getLogger("dev.rowan.sql");
        var log = new SqlLog(reader);
        log.start();
        logger.addAppender(log);
        logger.setAdditive(false);
        logger.setLevel(Level.DEBUG);
        try {
            work.run();
        } finally {
            logger.setLevel(null);
            logger.setAdditive(true);
            logger.detachAppender(log);
        }
    }

    @Override
    protected void append(ILoggingEvent statement) {
        reader.accept(statement.getFormattedMessage());
    }
}
