package io.etlkit.engine.internal.lane;

import io.etlkit.engine.internal.settings.PipelineSettings;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

/** The engine's own measurements of a lane's batches; looked up once, not for each batch. */
record LaneMetrics(DistributionSummary batchSize, Timer transform, Timer write) {
    static LaneMetrics of(PipelineSettings settings) {
        MeterRegistry registry = settings.meterRegistry();
        String pipeline = settings.name();
        return new LaneMetrics(
                DistributionSummary.builder("etl.batch.size")
                        .description("Deliveries in a batch")
                        .tag("pipeline", pipeline)
                        .register(registry),
                Timer.builder("etl.transform")
                        .description("Time to decode, transform and guard a batch")
                        .tag("pipeline", pipeline)
                        .register(registry),
                Timer.builder("etl.write")
                        .description("Time of one write to the sink")
                        .tag("pipeline", pipeline)
                        .register(registry));
    }
}
