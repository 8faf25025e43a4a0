package io.etlkit.engine.internal.replay;

import io.etlkit.api.DeadLetter;
import io.etlkit.api.DeadLetterStore;
import io.etlkit.api.DeliveryId;
import io.etlkit.api.EtlRecord;
import io.etlkit.api.Settlement;
import io.etlkit.api.Source;
import io.etlkit.api.StoredDeadLetter;
import io.etlkit.api.value.NumberValue;
import io.etlkit.api.value.TextValue;
import io.etlkit.api.value.Value;
import io.etlkit.engine.internal.deadletter.OriginalOpener;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands the originals of dead letters over again, each once, under the key that their messages had: to the sink's ledger it
 * is another delivery of the same message. A letter whose delivery is done is removed, unless it was written again in the
 * meantime, which is what happens when it is rejected again. So whenever a replay ends, however it ends, each message is a row
 * or a letter, and at worst both, which the next replay finds out to be a duplicate.
 *
 * <p>Used by its lane's thread.
 */
final class DeadLetterSource implements Source {
    private static final Logger log = LoggerFactory.getLogger("io.etlkit.engine.Pipeline");

    private static final String RECEIVE_COUNT = "receiveCount";

    /** Letters come by when their messages were sent; messages of one group and one moment have numbers besides. */
    private static final Comparator<Opened> IN_ORDER = Comparator.comparing(
                    (Opened opened) -> opened.record().key().since())
            .thenComparing(opened -> sequence(opened.record()));

    private final DeadLetterStore store;
    private final DeadLetterScan scan;
    private final OriginalOpener originals;
    private final ReplayNotes notes;
    private final boolean removes;
    private final Deque<Opened> ready = new ArrayDeque<>();
    private final Map<DeliveryId, StoredDeadLetter> inFlight = new HashMap<>();
    private long deliveries;

    private record Opened(StoredDeadLetter stored, EtlRecord record) {}

    /**
     * A source over a store, which it closes in the end.
     *
     * @param removes whether letters that are done are removed
     */
    DeadLetterSource(
            DeadLetterStore store, DeadLetterScan scan, OriginalOpener originals, ReplayNotes notes, boolean removes) {
        this.store = store;
        this.scan = scan;
        this.originals = originals;
        this.notes = notes;
        this.removes = removes;
    }

    @Override
    public List<EtlRecord> poll(int max, Duration maxWait) throws InterruptedException {
        if (ready.isEmpty() && !scan.isOver()) {
            scan.next().stream()
                    .map(this::opened)
                    .flatMap(Optional::stream)
                    .sorted(IN_ORDER)
                    .forEach(ready::add);
        }
        List<EtlRecord> records = new ArrayList<>();
        while (!ready.isEmpty() && records.size() < max) {
            Opened opened = ready.remove();
            inFlight.put(opened.record().delivery(), opened.stored());
            records.add(opened.record());
        }
        return records;
    }

    private Optional<Opened> opened(StoredDeadLetter stored) {
        DeadLetter letter = stored.letter();
        try {
            DeadLetter.Clear original = originals.open(letter);
            return Optional.of(new Opened(
                    withoutOriginal(stored),
                    new EtlRecord(
                            new DeliveryId("letter-" + ++deliveries),
                            letter.key(),
                            original.body(),
                            headers(original, letter.attempts()))));
        } catch (OriginalOpener.ClosedException closed) {
            if (notes.skip(closed.why())) {
                log.warn(
                        "the dead letter of message {}, and others perhaps, are left as they are: {}",
                        letter.key().id(),
                        closed.getMessage());
            }
            return Optional.empty();
        }
    }

    /** A replay is one more delivery, where the source counts them. */
    private static Map<String, Value> headers(DeadLetter.Clear original, int attempts) {
        if (!(original.headers().get(RECEIVE_COUNT) instanceof NumberValue)) {
            return original.headers();
        }
        Map<String, Value> headers = new LinkedHashMap<>(original.headers());
        headers.put(RECEIVE_COUNT, Value.of(attempts + 1L));
        return headers;
    }

    /** What is in flight needs to be named only; the record holds the original already. */
    private static StoredDeadLetter withoutOriginal(StoredDeadLetter stored) {
        DeadLetter letter = stored.letter();
        return new StoredDeadLetter(
                new DeadLetter(
                        letter.pipeline(),
                        letter.key(),
                        letter.stage(),
                        letter.step(),
                        letter.rejection(),
                        letter.attempts(),
                        letter.failedAt(),
                        new DeadLetter.Omitted()),
                stored.firstFailedAt(),
                stored.version());
    }

    /** Numbers of more digits are greater; there is none outside an ordered group. */
    private static String sequence(EtlRecord record) {
        return record.orderedGroup().isPresent() && record.headers().get("sequenceNumber") instanceof TextValue number
                ? "%05d %s".formatted(number.value().length(), number.value())
                : "";
    }

    @Override
    public void settle(Settlement settlement) throws InterruptedException {
        List<StoredDeadLetter> done = new ArrayList<>();
        for (DeliveryId delivery : settlement.done()) {
            Optional.ofNullable(inFlight.get(delivery)).ifPresent(done::add);
        }
        if (removes && !done.isEmpty()) {
            store.remove(done);
        }
        settlement.done().forEach(inFlight::remove);
        settlement.released().keySet().forEach(inFlight::remove);
    }

    @Override
    public boolean drained() {
        return scan.isOver() && ready.isEmpty() && inFlight.isEmpty();
    }

    @Override
    public void close() {
        try {
            store.close();
        } finally {
            originals.close();
        }
    }
}
