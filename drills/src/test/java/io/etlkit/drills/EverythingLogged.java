package io.etlkit.drills;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.AppenderBase;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.logging.Handler;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.SimpleFormatter;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * While it is open, every logger of this JVM, of SLF4J and of {@code java.util.logging}, logs all that it can, to here and
 * nowhere else; and so goes what is printed.
 */
final class EverythingLogged implements AutoCloseable {
    static final String PRINTED = "standard output and standard error";

    private final LoggerContext slf4j = (LoggerContext) LoggerFactory.getILoggerFactory();
    private final Logger slf4jRoot = slf4j.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    private final java.util.logging.Logger julRoot = java.util.logging.Logger.getLogger("");
    private final Map<Logger, @Nullable Level> slf4jLevels = new HashMap<>();
    private final List<Appender<ILoggingEvent>> slf4jAppenders = new ArrayList<>();
    private final Map<java.util.logging.Logger, java.util.logging.@Nullable Level> julLevels = new HashMap<>();
    private final List<Handler> julHandlers = List.of(julRoot.getHandlers());

    private final PrintStream out = System.out;
    private final PrintStream err = System.err;
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    /** What each logger said, by its name and the level. */
    private final Map<String, StringBuilder> said = new HashMap<>();

    private final AppenderBase<ILoggingEvent> appender = new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
            keep(
                    event.getLoggerName() + " at " + event.getLevel(),
                    event.getThreadName(),
                    event.getFormattedMessage(),
                    Arrays.deepToString(event.getArgumentArray()),
                    String.valueOf(event.getMDCPropertyMap()),
                    String.valueOf(event.getMarkerList()),
                    String.valueOf(event.getKeyValuePairs()),
                    ThrowableProxyUtil.asString(event.getThrowableProxy()));
        }
    };

    private final Handler handler = new Handler() {
        private final SimpleFormatter formatter = new SimpleFormatter();

        @Override
        public void publish(LogRecord event) {
            keep(
                    event.getLoggerName() + " at " + event.getLevel().getName(),
                    formatter.format(event),
                    Arrays.deepToString(event.getParameters()));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    EverythingLogged() {
        for (Logger logger : slf4j.getLoggerList()) {
            if (logger.getLevel() != null) {
                slf4jLevels.put(logger, logger.getLevel());
                logger.setLevel(logger == slf4jRoot ? Level.TRACE : null);
            }
        }
        for (Iterator<Appender<ILoggingEvent>> each = slf4jRoot.iteratorForAppenders(); each.hasNext(); ) {
            slf4jAppenders.add(each.next());
        }
        slf4jAppenders.forEach(slf4jRoot::detachAppender);
        appender.start();
        slf4jRoot.addAppender(appender);

        julHandlers.forEach(julRoot::removeHandler);
        handler.setLevel(java.util.logging.Level.ALL);
        julRoot.addHandler(handler);
        LogManager jul = LogManager.getLogManager();
        for (String name : Collections.list(jul.getLoggerNames())) {
            java.util.logging.Logger logger = jul.getLogger(name);
            if (logger != null && logger.getLevel() != null) {
                setLevel(logger, null);
            }
        }
        setLevel(julRoot, java.util.logging.Level.ALL);

        PrintStream toHere = new PrintStream(printed, true, StandardCharsets.UTF_8);
        System.setOut(toHere);
        System.setErr(toHere);
    }

    /** Lets a logger, and those below it, log nothing finer than INFO from now on. */
    void quieten(String name) {
        Logger logger = slf4j.getLogger(name);
        slf4jLevels.putIfAbsent(logger, null);
        logger.setLevel(Level.INFO);
        setLevel(java.util.logging.Logger.getLogger(name), java.util.logging.Level.INFO);
    }

    private void setLevel(java.util.logging.Logger logger, java.util.logging.@Nullable Level level) {
        julLevels.putIfAbsent(logger, logger.getLevel());
        logger.setLevel(level);
    }

    private void keep(String logger, String... parts) {
        synchronized (said) {
            StringBuilder text = said.computeIfAbsent(logger, name -> new StringBuilder());
            for (String part : parts) {
                text.append(part).append('\n');
            }
        }
    }

    /** What each logger said, by its name and the level, as {@code org.acme.Thing at DEBUG}; and what was printed. */
    Map<String, String> said() {
        synchronized (said) {
            Map<String, String> copy = new TreeMap<>();
            said.forEach((name, text) -> copy.put(name, text.toString()));
            copy.put(PRINTED, printed.toString(StandardCharsets.UTF_8));
            return copy;
        }
    }

    @Override
    public void close() {
        System.setOut(out);
        System.setErr(err);
        julLevels.forEach(java.util.logging.Logger::setLevel);
        julRoot.removeHandler(handler);
        julHandlers.forEach(julRoot::addHandler);
        slf4jRoot.detachAppender(appender);
        slf4jAppenders.forEach(slf4jRoot::addAppender);
        slf4jLevels.forEach(Logger::setLevel);
    }
}
