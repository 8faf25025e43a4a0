package io.etlkit.runner;

import io.etlkit.api.DeadLetter;
import io.etlkit.api.DeadLetterSink;
import io.etlkit.api.DeadLetterSinkFactory;
import io.etlkit.api.DeliveryId;
import io.etlkit.api.EtlPlugin;
import io.etlkit.api.EtlRecord;
import io.etlkit.api.PluginContext;
import io.etlkit.api.RecordKey;
import io.etlkit.api.Settlement;
import io.etlkit.api.Sink;
import io.etlkit.api.SinkFactory;
import io.etlkit.api.Source;
import io.etlkit.api.SourceFactory;
import io.etlkit.api.StartupException;
import io.etlkit.api.WriteResult;
import io.etlkit.api.config.Option;
import io.etlkit.api.config.Secret;
import io.etlkit.api.config.SecretProviderFactory;
import io.etlkit.api.value.TextValue;
import io.etlkit.api.value.TimestampValue;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

/** Plugins that need no server: the source's messages stand in the pipeline file, the sink keeps what it is given. */
public final class MemoryPlugin implements EtlPlugin {
    private static final Map<String, List<EtlRecord>> TABLES = new ConcurrentHashMap<>();
    private static final Map<String, List<DeadLetter>> LETTERS = new ConcurrentHashMap<>();

    /** What was written to a table. */
    static List<EtlRecord> written(String table) {
        return TABLES.getOrDefault(table, List.of());
    }

    /** What was refused. */
    static List<DeadLetter> letters(String table) {
        return LETTERS.getOrDefault(table, List.of());
    }

    public record SourceConfig(
            @Option(
                    description = "Name of the queue.",
                    aliases = {"queueName", "topic"},
                    example = "logins")
            String queue,

            @Option(description = "The messages.", defaultValue = "[]")
            List<String> messages,

            @Option(
                    description = "The most messages of one poll; has no effect.",
                    deprecated = "batch.maxRecords",
                    since = "0.2",
                    min = "1",
                    max = "1000")
            Optional<Integer> pollSize,

            @Option(description = "Where it is.") Optional<String> endpoint) {}

    public record SinkConfig(
            @Option(description = "Name of the table.") String table,
            @Option(description = "Address.") Optional<String> url,
            @Option(description = "Password.") Optional<Secret> password) {
        public SinkConfig {
            if (url.isPresent() && !url.get().startsWith("memory:")) {
                throw new IllegalArgumentException("url: must begin with memory:, and is \"" + url.get() + "\"");
            }
        }
    }

    @Override
    public List<SourceFactory<?>> sources() {
        return List.of(SourceFactory.of("memory", "Hands out messages.", SourceConfig.class, MemorySource::new));
    }

    @Override
    public List<SinkFactory<?>> sinks() {
        return List.of(SinkFactory.of("memory", "Keeps records.", SinkConfig.class, MemorySink::new));
    }

    @Override
    public List<DeadLetterSinkFactory<?>> deadLetterSinks() {
        return List.of(
                DeadLetterSinkFactory.of("memory", "Keeps dead letters.", SinkConfig.class, MemoryDeadLetters::new));
    }

    @Override
    public List<SecretProviderFactory> secretProviders() {
        return List.of(new SafeSecrets());
    }

    private static final class SafeSecrets implements SecretProviderFactory {
        @Override
        public String name() {
            return "safe";
        }

        @Override
        public String summary() {
            return "Knows one secret.";
        }

        @Override
        public Secret resolve(String reference) {
            if (!reference.equals("db#password")) {
                throw new StartupException("the safe holds no secret " + reference);
            }
            return Secret.of("hunter2");
        }
    }

    private static final class MemorySource implements Source {
        private final List<String> waiting;
        private final int lane;
        private int sent;
        private int open;

        MemorySource(SourceConfig config, PluginContext context) {
            if (config.queue().equals("missing")) {
                throw new StartupException("there is no queue missing");
            }
            lane = context.lane();
            waiting = lane == 0 ? new ArrayList<>(config.messages()) : new ArrayList<>();
        }

        @Override
        public List<EtlRecord> poll(int max, Duration maxWait) throws InterruptedException {
            List<EtlRecord> records = new ArrayList<>();
            while (!waiting.isEmpty() && records.size() < max) {
                String id = "m" + sent++;
                Instant sentAt = Instant.parse("2024-05-06T07:08:09Z");
                records.add(new EtlRecord(
                        new DeliveryId(id),
                        new RecordKey(id, sentAt),
                        new TextValue(waiting.remove(0)),
                        Map.of("sentAt", new TimestampValue(sentAt), "messageId", new TextValue(id))));
            }
            open += records.size();
            if (records.isEmpty()) {
                Thread.sleep(maxWait.toMillis());
            }
            return records;
        }

        @Override
        public void settle(Settlement settlement) {
            open -= settlement.done().size() + settlement.released().size();
        }

        @Override
        public boolean drained() {
            return waiting.isEmpty() && open == 0;
        }

        @Override
        public void close() {}
    }

    private record MemorySink(SinkConfig config, PluginContext context) implements Sink {
        @Override
        public WriteResult write(List<EtlRecord> batch) {
            TABLES.computeIfAbsent(config.table(), table -> new CopyOnWriteArrayList<>())
                    .addAll(batch);
            Set<DeliveryId> all = batch.stream().map(EtlRecord::delivery).collect(Collectors.toSet());
            return WriteResult.allWritten(all);
        }

        @Override
        public void close() {}
    }

    private record MemoryDeadLetters(SinkConfig config, PluginContext context) implements DeadLetterSink {
        @Override
        public void write(List<DeadLetter> letters) {
            LETTERS.computeIfAbsent(config.table(), table -> new CopyOnWriteArrayList<>())
                    .addAll(letters);
        }

        @Override
        public void close() {}
    }
}
