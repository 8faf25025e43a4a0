package io.etlkit.engine;

import io.etlkit.api.DeliveryId;
import io.etlkit.api.EtlRecord;
import io.etlkit.api.Sink;
import io.etlkit.api.SinkFactory;
import io.etlkit.api.WriteResult;
import io.etlkit.api.value.Value;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A table in memory that all lanes share, with a ledger by the messages' keys. */
final class FakeSink {
    record Config() {}

    final List<Value> rows = new CopyOnWriteArrayList<>();
    final List<Integer> batches = new CopyOnWriteArrayList<>();
    final Set<String> ledger = ConcurrentHashMap.newKeySet();
    final AtomicInteger writes = new AtomicInteger();
    final AtomicInteger closed = new AtomicInteger();
    final List<List<String>> fields = new CopyOnWriteArrayList<>();

    /** Looks at a batch before it is written; throws to refuse it. */
    Writer before = batch -> {};

    /** Replaces the whole write. */
    @Nullable
    Sink instead;

    interface Writer {
        void look(List<EtlRecord> batch) throws InterruptedException;
    }

    SinkFactory<Config> factory() {
        return SinkFactory.of("fake", "A table in memory.", Config.class, (config, context) -> {
            context.fields().ifPresent(fields::add);
            return instead == null ? new Lane() : instead;
        });
    }

    private final class Lane implements Sink {
        @Override
        public WriteResult write(List<EtlRecord> batch) throws InterruptedException {
            writes.incrementAndGet();
            before.look(batch);
            batches.add(batch.size());
            Set<DeliveryId> written = new LinkedHashSet<>();
            Set<DeliveryId> duplicate = new LinkedHashSet<>();
            for (EtlRecord record : batch) {
                if (written.contains(record.delivery())
                        || ledger.add(record.key().id())) {
                    written.add(record.delivery());
                    rows.add(record.body());
                } else {
                    duplicate.add(record.delivery());
                }
            }
            return new WriteResult(written, duplicate, Map.of());
        }

        @Override
        public void close() {
            closed.incrementAndGet();
        }
    }
}
