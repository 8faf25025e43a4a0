package io.etlkit.runner.internal.log;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import io.etlkit.api.value.ObjectValue;
import io.etlkit.api.value.TextValue;
import io.etlkit.json.JsonWriter;
import org.jspecify.annotations.Nullable;

/** Log lines for machines: one JSON object a line. */
final class JsonLogEncoder extends LogEncoder {
    @Override
    String line(ILoggingEvent event) {
        ObjectValue.Builder line = ObjectValue.builder()
                .put("time", new TextValue(event.getInstant().toString()))
                .put("level", new TextValue(event.getLevel().toString()))
                .put("logger", new TextValue(event.getLoggerName()))
                .put("thread", new TextValue(event.getThreadName()))
                .put("message", new TextValue(event.getFormattedMessage()));
        event.getMDCPropertyMap().forEach((key, value) -> line.put(key, new TextValue(value)));
        @Nullable IThrowableProxy thrown = event.getThrowableProxy();
        if (thrown != null) {
            line.put("exception", new TextValue(describe(thrown)));
        }
        return JsonWriter.write(line.build());
    }
}
