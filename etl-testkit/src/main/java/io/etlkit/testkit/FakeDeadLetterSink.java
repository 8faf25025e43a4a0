package io.etlkit.testkit;

import io.etlkit.api.DeadLetter;
import io.etlkit.api.DeadLetterSink;
import io.etlkit.api.DeadLetterSinkFactory;
import io.etlkit.api.DeadLetterStore;
import io.etlkit.api.RecordKey;
import io.etlkit.api.StoredDeadLetter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Dead letters in memory, which several lanes and stores can share through {@link #factory()}. Safe for any thread. */
public final class FakeDeadLetterSink {
    private static final long MOST_BYTES = 16L * 1024 * 1024;

    private static final Comparator<StoredDeadLetter> OLDEST_FIRST = Comparator.comparing(
                    (StoredDeadLetter stored) -> stored.letter().key().since())
            .thenComparing(stored -> stored.letter().key().id());

    private final Map<Name, StoredDeadLetter> letters = new LinkedHashMap<>();
    private Consumer<List<DeadLetter>> beforeWrite = batch -> {};
    private Consumer<List<StoredDeadLetter>> beforeRemove = batch -> {};
    private long written;

    /** No letters yet. */
    public FakeDeadLetterSink() {}

    /** Has {@code action} called before each write; what it throws, the write throws. */
    public synchronized void beforeWrite(Consumer<List<DeadLetter>> action) {
        beforeWrite = action;
    }

    /** Has {@code action} called before each removal; what it throws, the removal throws. */
    public synchronized void beforeRemove(Consumer<List<StoredDeadLetter>> action) {
        beforeRemove = action;
    }

    /** The letters, one for each pipeline and key. */
    public synchronized List<DeadLetter> letters() {
        return letters.values().stream().map(StoredDeadLetter::letter).toList();
    }

    /** Makes dead-letter sinks and stores over these letters. */
    public DeadLetterSinkFactory<NoConfig> factory() {
        return DeadLetterSinkFactory.of(
                "fake",
                "Dead letters in memory.",
                NoConfig.class,
                (config, context) -> open(),
                (config, context) -> store(context.pipeline()));
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

    /** What these letters hold of one pipeline. */
    public DeadLetterStore store(String pipeline) {
        return new Store(pipeline);
    }

    private synchronized void keep(List<DeadLetter> batch) {
        beforeWrite.accept(batch);
        for (DeadLetter letter : batch) {
            String version = Long.toString(++written);
            letters.merge(
                    new Name(letter.pipeline(), letter.key()),
                    new StoredDeadLetter(letter, letter.failedAt(), version),
                    (before, now) -> new StoredDeadLetter(letter, before.firstFailedAt(), version));
        }
    }

    private synchronized List<StoredDeadLetter> ofPipeline(String pipeline) {
        return letters.values().stream()
                .filter(stored -> stored.letter().pipeline().equals(pipeline))
                .sorted(OLDEST_FIRST)
                .toList();
    }

    private synchronized int removeUnchanged(List<StoredDeadLetter> read) {
        beforeRemove.accept(read);
        int before = letters.size();
        read.forEach(stored -> letters.values().removeIf(kept -> kept.version().equals(stored.version())));
        return before - letters.size();
    }

    private record Name(String pipeline, RecordKey key) {}

    private final class Store implements DeadLetterStore {
        private final String pipeline;

        Store(String pipeline) {
            this.pipeline = pipeline;
        }

        /** The cursor is the last letter's key, which stays where it is when letters come and go. */
        @Override
        public Page list(Optional<String> after, int max) {
            List<StoredDeadLetter> rest = ofPipeline(pipeline).stream()
                    .filter(stored -> after.isEmpty() || cursor(stored).compareTo(after.get()) > 0)
                    .toList();
            List<StoredDeadLetter> page = new ArrayList<>();
            long bytes = 0;
            for (StoredDeadLetter stored : rest) {
                if (page.size() == max || bytes > MOST_BYTES) {
                    return new Page(page, Optional.of(cursor(page.get(page.size() - 1))));
                }
                page.add(stored);
                bytes += stored.letter().original() instanceof DeadLetter.Sealed sealed ? sealed.length() : 0;
            }
            return new Page(page, Optional.empty());
        }

        private static String cursor(StoredDeadLetter stored) {
            RecordKey key = stored.letter().key();
            return "%020d %s".formatted(key.since().toEpochMilli(), key.id());
        }

        @Override
        public List<StoredDeadLetter> find(Set<String> messageIds) {
            return ofPipeline(pipeline).stream()
                    .filter(stored -> messageIds.contains(stored.letter().key().id()))
                    .toList();
        }

        @Override
        public int remove(List<StoredDeadLetter> read) {
            return removeUnchanged(read);
        }

        @Override
        public void close() {}
    }
}
