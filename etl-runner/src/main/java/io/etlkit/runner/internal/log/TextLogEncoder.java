package io.etlkit.runner.internal.log;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/** Log lines for people: {@code 12:00:00.123 WARN  Lane lane 0 holds ...}. */
final class TextLogEncoder extends LogEncoder {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss.SSS").withZone(ZoneId.systemDefault());

    @Override
    String line(ILoggingEvent event) {
        String logger = event.getLoggerName();
        @Nullable IThrowableProxy thrown = event.getThrowableProxy();
        return TIME.format(event.getInstant())
                + String.format(" %-5s ", event.getLevel())
                + logger.substring(logger.lastIndexOf('.') + 1) + " - "
                + event.getFormattedMessage()
                + (thrown == null ? "" : "\n" + describe(thrown));
    }
}
