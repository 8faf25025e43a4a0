package io.etlkit.testkit;

import io.etlkit.api.DeliveryId;
import io.etlkit.api.EtlRecord;
import io.etlkit.api.RecordKey;
import io.etlkit.api.RejectedException;
import io.etlkit.api.Rejection;
import io.etlkit.api.Sink;
import io.etlkit.api.SinkFactory;
import io.etlkit.api.WriteResult;
import io.etlkit.json.JsonWriter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * A table in memory with a ledger, which several lanes can share through {@link #factory()}. It fails and refuses as a test
 * asks. Safe for any thread.
 */
public final class FakeSink {
    private final List<EtlRecord> rows = new ArrayList<>();
    private final Set<RecordKey> ledger = new HashSet<>();
    private Consumer<List<EtlRecord>> beforeWrite = batch -> {};
    private Function<EtlRecord, Optional<Rejection>> refusal = record -> Optional.empty();

    /** An empty table. */
    public FakeSink() {}

    /** Has {@code action} called before each write; what it throws, the write throws. */
    public synchronized void beforeWrite(Consumer<List<EtlRecord>> action) {
        beforeWrite = action;
    }

    /** Has records refused by name. */
    public synchronized void refuse(Function<EtlRecord, Optional<Rejection>> newRefusal) {
        refusal = newRefusal;
    }

    /** What was written, in order. */
    public synchronized List<EtlRecord> records() {
        return List.copyOf(rows);
    }

    /** The bodies that were written, in order, as JSON text. */
    public synchronized List<String> bodies() {
        return rows.stream().map(row -> JsonWriter.write(row.body())).toList();
    }

    /** Makes sinks over this table. */
    public SinkFactory<NoConfig> factory() {
        return SinkFactory.of("fake", "A table in memory.", NoConfig.class, (config, context) -> open());
    }

    /** A sink over this table. */
    public Sink open() {
        return new Sink() {
            @Override
            public WriteResult write(List<EtlRecord> batch) {
                return writeBatch(batch);
            }

            @Override
            public void close() {}
        };
    }

    private synchronized WriteResult writeBatch(List<EtlRecord> batch) {
        beforeWrite.accept(batch);
        Map<DeliveryId, Rejection> rejected = new HashMap<>();
        for (EtlRecord record : batch) {
            refusal.apply(record).ifPresent(rejection -> rejected.putIfAbsent(record.delivery(), rejection));
        }
        if (WriteResult.overtakes(batch, rejected.keySet())) {
            throw new RejectedException(rejected.values().iterator().next());
        }
        Map<DeliveryId, Boolean> fresh = new HashMap<>();
        for (EtlRecord record : batch) {
            if (!rejected.containsKey(record.delivery())
                    && fresh.computeIfAbsent(record.delivery(), delivery -> ledger.add(record.key()))) {
                rows.add(record);
            }
        }
        Set<DeliveryId> written = new HashSet<>();
        Set<DeliveryId> duplicate = new HashSet<>();
        fresh.forEach((delivery, isFresh) -> (isFresh ? written : duplicate).add(delivery));
        return new WriteResult(written, duplicate, rejected);
    }
}
