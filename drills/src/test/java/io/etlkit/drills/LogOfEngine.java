package io.etlkit.drills;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import org.slf4j.LoggerFactory;

/** What pipelines of this JVM log about themselves while it is open. */
final class LogOfEngine implements AutoCloseable {
    private final Logger logger = (Logger) LoggerFactory.getLogger("io.etlkit.engine.Pipeline");
    private final ListAppender<ILoggingEvent> appender = new ListAppender<>();

    LogOfEngine() {
        appender.start();
        logger.setLevel(Level.INFO);
        logger.addAppender(appender);
    }

    List<String> lines(String prefix) {
        return List.copyOf(appender.list).stream()
                .map(ILoggingEvent::getFormattedMessage)
                .filter(line -> line.startsWith(prefix))
                .toList();
    }

    @Override
    public void close() {
        logger.detachAppender(appender);
        logger.setLevel(null);
    }
}
