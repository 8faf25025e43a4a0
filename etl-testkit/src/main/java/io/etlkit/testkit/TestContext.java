package io.etlkit.testkit;

import io.etlkit.api.PluginContext;
import io.etlkit.api.RejectPolicy;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The {@link PluginContext} of a test: start with {@link #defaults()} and change what the test is about. Immutable but for
 * its metrics, which record.
 *
 * @param metrics what the plugin counted
 */
public record TestContext(
        String pipeline,
        int lane,
        int lanes,
        Clock clock,
        int batchSize,
        Duration drainTimeout,
        RejectPolicy onReject,
        Optional<Duration> untilIdle,
        Path baseDirectory,
        Optional<List<String>> fields,
        Map<String, Integer> shortestTexts,
        RecordedMetrics metrics)
        implements PluginContext {

    /**
     * Pipeline {@code test}, lane 0 of 1, the system clock, batches of 1000, a drain of ten seconds, rejects fail, no end
     * when idle, the working directory, and no fields known.
     */
    public static TestContext defaults() {
        return new TestContext(
                "test",
                0,
                1,
                Clock.systemUTC(),
                1000,
                Duration.ofSeconds(10),
                RejectPolicy.FAIL,
                Optional.empty(),
                Path.of(""),
                Optional.empty(),
                Map.of(),
                new RecordedMetrics());
    }

    /** This context in another pipeline. */
    public TestContext withPipeline(String name) {
        return copy(name, lane, lanes, clock, batchSize, drainTimeout, onReject, untilIdle, baseDirectory, fields);
    }

    /** This context for one of several lanes. */
    public TestContext withLane(int number, int of) {
        return copy(pipeline, number, of, clock, batchSize, drainTimeout, onReject, untilIdle, baseDirectory, fields);
    }

    /** This context with another clock. */
    public TestContext withClock(Clock other) {
        return copy(pipeline, lane, lanes, other, batchSize, drainTimeout, onReject, untilIdle, baseDirectory, fields);
    }

    /** This context with batches of another size. */
    public TestContext withBatchSize(int records) {
        return copy(pipeline, lane, lanes, clock, records, drainTimeout, onReject, untilIdle, baseDirectory, fields);
    }

    /** This context with another drain timeout. */
    public TestContext withDrainTimeout(Duration timeout) {
        return copy(pipeline, lane, lanes, clock, batchSize, timeout, onReject, untilIdle, baseDirectory, fields);
    }

    /** This context with another policy for rejected records. */
    public TestContext withOnReject(RejectPolicy policy) {
        return copy(pipeline, lane, lanes, clock, batchSize, drainTimeout, policy, untilIdle, baseDirectory, fields);
    }

    /** This context in a run that ends when the source stays empty for so long. */
    public TestContext withUntilIdle(Duration idle) {
        return copy(
                pipeline,
                lane,
                lanes,
                clock,
                batchSize,
                drainTimeout,
                onReject,
                Optional.of(idle),
                baseDirectory,
                fields);
    }

    /** This context with another folder for relative paths. */
    public TestContext withBaseDirectory(Path folder) {
        return copy(pipeline, lane, lanes, clock, batchSize, drainTimeout, onReject, untilIdle, folder, fields);
    }

    /** This context with the fields that reach the sink. */
    public TestContext withFields(String... names) {
        return copy(
                pipeline,
                lane,
                lanes,
                clock,
                batchSize,
                drainTimeout,
                onReject,
                untilIdle,
                baseDirectory,
                Optional.of(List.of(names)));
    }

    /** This context with texts that are never short among the fields that reach the sink. */
    public TestContext withShortestTexts(Map<String, Integer> lengths) {
        return new TestContext(
                pipeline,
                lane,
                lanes,
                clock,
                batchSize,
                drainTimeout,
                onReject,
                untilIdle,
                baseDirectory,
                fields,
                Map.copyOf(lengths),
                metrics);
    }

    private TestContext copy(
            String newPipeline,
            int newLane,
            int newLanes,
            Clock newClock,
            int newBatchSize,
            Duration newDrainTimeout,
            RejectPolicy newOnReject,
            Optional<Duration> newUntilIdle,
            Path newBaseDirectory,
            Optional<List<String>> newFields) {
        return new TestContext(
                newPipeline,
                newLane,
                newLanes,
                newClock,
                newBatchSize,
                newDrainTimeout,
                newOnReject,
                newUntilIdle,
                newBaseDirectory,
                newFields,
                shortestTexts,
                metrics);
    }
}
