package io.etlkit.runner.internal.log;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.StackTraceElementProxy;
import ch.qos.logback.core.encoder.EncoderBase;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * What both forms of a log line have in common. An exception's message is shown only when the exception is one of ours:
 * those of drivers and parsers quote records.
 */
abstract class LogEncoder extends EncoderBase<ILoggingEvent> {
    private static final int MOST_CAUSES = 10;

    abstract String line(ILoggingEvent event);

    @Override
    public byte[] encode(ILoggingEvent event) {
        return (line(event) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public byte[] headerBytes() {
        return new byte[0];
    }

    @Override
    public byte[] footerBytes() {
        return new byte[0];
    }

    static String describe(IThrowableProxy thrown) {
        StringBuilder text = new StringBuilder();
        @Nullable IThrowableProxy each = thrown;
        for (int depth = 0; each != null && depth < MOST_CAUSES; depth++) {
            text.append(depth == 0 ? "" : "\ncaused by ").append(each.getClassName());
            if (each.getClassName().startsWith("io.etlkit.")) {
                text.append(": ").append(each.getMessage());
            }
            for (StackTraceElementProxy frame : each.getStackTraceElementProxyArray()) {
                text.append("\n    ").append(frame.getSTEAsString());
            }
            each = each.getCause();
        }
        return text.toString();
    }
}
