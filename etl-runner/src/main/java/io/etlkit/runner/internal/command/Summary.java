package io.etlkit.runner.internal.command;

import io.etlkit.api.value.NumberValue;
import io.etlkit.api.value.ObjectValue;
import io.etlkit.api.value.TextValue;
import io.etlkit.api.value.Value;
import io.etlkit.engine.RunReport;
import io.etlkit.json.JsonWriter;
import java.math.BigDecimal;
import java.time.Duration;

/** The one line that a run ends with. */
final class Summary {
    private Summary() {}

    static String json(RunReport report) {
        return json(report, false);
    }

    /** A dry run says so; its numbers are what would have been. */
    static String json(RunReport report, boolean dryRun) {
        ObjectValue numbers = value(report);
        return JsonWriter.write(dryRun ? numbers.with("dryRun", Value.of(true)) : numbers);
    }

    static String text(RunReport report, boolean dryRun) {
        return dryRun ? text(report) + " (a dry run: nothing was written, kept or removed)" : text(report);
    }

    private static ObjectValue value(RunReport report) {
        return ObjectValue.builder()
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
                .build();
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
