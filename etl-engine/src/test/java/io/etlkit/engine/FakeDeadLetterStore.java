package io.etlkit.engine;

import io.etlkit.api.DeadLetter;
import io.etlkit.api.DeadLetterSink;
import io.etlkit.api.DeadLetterSinkFactory;
import io.etlkit.api.DeadLetterStore;
import io.etlkit.api.RecordKey;
import io.etlkit.api.StoredDeadLetter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** Dead letters in memory that can be read back, shared by all lanes and stores. */
final class FakeDeadLetterStore {
    record Config() {}

    final AtomicInteger open = new AtomicInteger();

    /** Called before each call of a sink or store; throws to have it fail. */
    Runnable before = () -> {};

    /** Called after each removal, when it is done; throws to have it seem to fail. */
    Runnable afterRemoval = () -> {};

    /** The most letters of a page. */
    int pageSize = 1000;

    private final Map<RecordKey, StoredDeadLetter> letters = new HashMap<>();
    private int writings;

    DeadLetterSinkFactory<Config> factory() {
        return DeadLetterSinkFactory.of(
                "box",
                "Dead letters in memory.",
                Config.class,
                (config, context) -> new Writer(),
                (config, context) -> new Reader());
    }

    synchronized List<StoredDeadLetter> letters() {
        return letters.values().stream()
                .sorted(Comparator.comparing(FakeDeadLetterStore::cursor))
                .toList();
    }

    List<String> ids() {
        return letters().stream().map(stored -> stored.letter().key().id()).toList();
    }

    synchronized void put(DeadLetter letter) {
        StoredDeadLetter before = letters.get(letter.key());
        letters.put(
                letter.key(),
                new StoredDeadLetter(
                        letter, before == null ? letter.failedAt() : before.firstFailedAt(), "v" + ++writings));
    }

    private synchronized int remove(List<StoredDeadLetter> read) {
        int size = letters.size();
        read.forEach(stored -> letters.values().removeIf(kept -> kept.version().equals(stored.version())));
        return size - letters.size();
    }

    private static String cursor(StoredDeadLetter stored) {
        RecordKey key = stored.letter().key();
        return "%020d %s".formatted(key.since().toEpochMilli(), key.id());
    }

    private final class Writer implements DeadLetterSink {
        Writer() {
            open.incrementAndGet();
        }

        @Override
        public void write(List<DeadLetter> batch) {
            before.run();
            batch.forEach(FakeDeadLetterStore.this::put);
        }

        @Override
        public void close() {
            open.decrementAndGet();
        }
    }

    private final class Reader implements DeadLetterStore {
        Reader() {
            open.incrementAndGet();
        }

        @Override
        public Page list(Optional<String> after, int max) {
            before.run();
            int most = Math.min(max, pageSize);
            List<StoredDeadLetter> page = new ArrayList<>(letters().stream()
                    .filter(stored -> after.isEmpty() || cursor(stored).compareTo(after.get()) > 0)
                    .limit(most)
                    .toList());
            return new Page(
                    page, page.size() < most ? Optional.empty() : Optional.of(cursor(page.get(page.size() - 1))));
        }

        @Override
        public List<StoredDeadLetter> find(Set<String> messageIds) {
            before.run();
            return letters().stream()
                    .filter(stored -> messageIds.contains(stored.letter().key().id()))
                    .toList();
        }

        @Override
        public int remove(List<StoredDeadLetter> read) {
            before.run();
            int removed = FakeDeadLetterStore.this.remove(read);
            afterRemoval.run();
            return removed;
        }

        @Override
        public void close() {
            open.decrementAndGet();
        }
    }
}
