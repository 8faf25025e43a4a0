package io.etlkit.testkit;

import io.etlkit.api.PluginContext;
import io.etlkit.api.RejectPolicy;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The {@link PluginContext} of a test. Start with {@link #defaults()} and change what the test is about. Immutable, except for
 * its metrics, which all contexts made from one share.
 */
public final class TestContext implements PluginContext, Cloneable {
    private String pipeline = "test";
    private int lane;
    private int lanes = 1;
    private Clock clock = Clock.systemUTC();
    private int batchSize = 1000;
    private Duration drainTimeout = Duration.ofSeconds(10);
    private RejectPolicy onReject = RejectPolicy.FAIL;
    private Optional<Duration> untilIdle = Optional.empty();
    private Path baseDirectory = Path.of("");
    private Optional<List<String>> fields = Optional.empty();
    private Map<String, Integer> shortestTexts = Map.of();
    private final RecordedMetrics metrics = new RecordedMetrics();

    private TestContext() {}

    /**
     * Pipeline {@code test}, lane 0 of 1, the system clock, batches of 1000, a drain of ten seconds, rejects fail, no end
     * when idle, the working directory, and no fields known.
     */
    public static TestContext defaults() {
        return new TestContext();
    }

    /** This context in another pipeline. */
    public TestContext withPipeline(String name) {
        return with(copy -> copy.pipeline = name);
    }

    /** This context for one of several lanes. */
    public TestContext withLane(int number, int of) {
        return with(copy -> {
            copy.lane = number;
            copy.lanes = of;
        });
    }

    /** This context with another clock. */
    public TestContext withClock(Clock other) {
        return with(copy -> copy.clock = other);
    }

    /** This context with batches of another size. */
    public TestContext withBatchSize(int records) {
        return with(copy -> copy.batchSize = records);
    }

    /** This context with another drain timeout. */
    public TestContext withDrainTimeout(Duration timeout) {
        return with(copy -> copy.drainTimeout = timeout);
    }

    /** This context with another policy for rejected records. */
    public TestContext withOnReject(RejectPolicy policy) {
        return with(copy -> copy.onReject = policy);
    }

    /** This context in a run that ends when the source stays empty for this long. */
    public TestContext withUntilIdle(Duration idle) {
        return with(copy -> copy.untilIdle = Optional.of(idle));
    }

    /** This context with another folder for relative paths. */
    public TestContext withBaseDirectory(Path folder) {
        return with(copy -> copy.baseDirectory = folder);
    }

    /** This context with the fields that reach the sink. */
    public TestContext withFields(String... names) {
        return with(copy -> copy.fields = Optional.of(List.of(names)));
    }

    /** This context with the least lengths of texts among the fields that reach the sink. */
    public TestContext withShortestTexts(Map<String, Integer> lengths) {
        return with(copy -> copy.shortestTexts = Map.copyOf(lengths));
    }

    private TestContext with(Consumer<TestContext> change) {
        try {
            TestContext copy = (TestContext) clone();
            change.accept(copy);
            return copy;
        } catch (CloneNotSupportedException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @Override
    public String pipeline() {
        return pipeline;
    }

    @Override
    public int lane() {
        return lane;
    }

    @Override
    public int lanes() {
        return lanes;
    }

    @Override
    public Clock clock() {
        return clock;
    }

    @Override
    public int batchSize() {
        return batchSize;
    }

    @Override
    public Duration drainTimeout() {
        return drainTimeout;
    }

    @Override
    public RejectPolicy onReject() {
        return onReject;
    }

    @Override
    public Optional<Duration> untilIdle() {
        return untilIdle;
    }

    @Override
    public Path baseDirectory() {
        return baseDirectory;
    }

    @Override
    public Optional<List<String>> fields() {
        return fields;
    }

    @Override
    public Map<String, Integer> shortestTexts() {
        return shortestTexts;
    }

    /** What the plugin counted. */
    @Override
    public RecordedMetrics metrics() {
        return metrics;
    }
}
