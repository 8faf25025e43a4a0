package io.etlkit.runner.internal.command;

import io.etlkit.api.value.NumberValue;
import io.etlkit.api.value.ObjectValue;
import io.etlkit.api.value.TextValue;
import io.etlkit.engine.RunReport;
import io.etlkit.json.JsonWriter;
import java.math.BigDecimal;
import java.time.Duration;

/** The one line that a run ends with. */
final class Summary {
    private Summary() {}

    static String json(RunReport report) {
        return JsonWriter.write(ObjectValue.builder()
                .put("pipeline", new TextValue(report.pipeline()))
                .put("received", number(report.received()))
                .put("written", number(report.written()))
                .put("filtered", number(report.filtered()))
                .put("duplicate", number(report.duplicate()))
                .put("deadLettered", number(report.deadLettered()))
                .put("dropped", number(report.dropped()))
                .put("released", number(report.released()))
                .put("rows", number(report.rows()))
                .put("seconds", new NumberValue(seconds(report.duration())))
                .build());
    }

    static String text(RunReport report) {
        return report.pipeline() + (report.failure().isPresent() ? ": failed after " : ": ended after ")
                + seconds(report.duration()).toPlainString() + " s: received " + report.received() + ", written "
                + report.written() + ", filtered " + report.filtered() + ", duplicate " + report.duplicate()
                + ", dead-lettered " + report.deadLettered() + ", dropped " + report.dropped() + ", released "
                + report.released() + "; rows " + report.rows();
    }

    private static NumberValue number(long count) {
        return new NumberValue(BigDecimal.valueOf(count));
    }

    private static BigDecimal seconds(Duration duration) {
        BigDecimal seconds = BigDecimal.valueOf(duration.toMillis(), 3).stripTrailingZeros();
        return seconds.scale() < 0 ? seconds.setScale(0) : seconds;
    }
}
