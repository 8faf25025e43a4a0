package io.etlkit.transform.mask;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import org.slf4j.LoggerFactory;

/** What a class warns of, kept off the console until this is closed. */
public final class Warnings implements AutoCloseable {
    private final Logger logger;
    private final ListAppender<ILoggingEvent> appender = new ListAppender<>();

    private Warnings(Logger logger) {
        this.logger = logger;
    }

    public static Warnings of(Class<?> warner) {
        Warnings warnings = new Warnings((Logger) LoggerFactory.getLogger(warner));
        warnings.appender.start();
        warnings.logger.addAppender(warnings.appender);
        warnings.logger.setLevel(Level.WARN);
        warnings.logger.setAdditive(false);
        return warnings;
    }

    public List<String> texts() {
        return appender.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }

    @Override
    public void close() {
        logger.detachAppender(appender);
        logger.setLevel(null);
        logger.setAdditive(true);
    }
}
