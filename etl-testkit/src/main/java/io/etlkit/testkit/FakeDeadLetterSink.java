package io.etlkit.testkit;

import io.etlkit.api.DeadLetter;
import io.etlkit.api.DeadLetterSink;
import io.etlkit.api.DeadLetterSinkFactory;
import io.etlkit.api.RecordKey;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Dead letters in memory, which several lanes can share through {@link #factory()}. Safe for any thread. */
public final class FakeDeadLetterSink {
    private final Map<Name, DeadLetter> letters = new LinkedHashMap<>();
    private Consumer<List<DeadLetter>> beforeWrite = batch -> {};

    /** No letters yet. */
    public FakeDeadLetterSink() {}

    /** Has {@code action} called before each write; what it throws, the write throws. */
    public synchronized void beforeWrite(Consumer<List<DeadLetter>> action) {
        beforeWrite = action;
    }

    /** The letters, one for each pipeline and key. */
    public synchronized List<DeadLetter> letters() {
        return List.copyOf(letters.values());
    }

    /** Makes dead-letter sinks over these letters. */
    public DeadLetterSinkFactory<NoConfig> factory() {
        return DeadLetterSinkFactory.of("fake", "Dead letters in memory.", NoConfig.class, (config, context) -> open());
    }

    /** A dead-letter sink over these letters. */
    public DeadLetterSink open() {
        return new DeadLetterSink() {
            @Override
            public void write(List<DeadLetter> batch) {
                keep(batch);
            }

            @Override
            public void close() {}
        };
    }

    private synchronized void keep(List<DeadLetter> batch) {
        beforeWrite.accept(batch);
        batch.forEach(letter -> letters.put(new Name(letter.pipeline(), letter.key()), letter));
    }

    private record Name(String pipeline, RecordKey key) {}
}
