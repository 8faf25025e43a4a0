package io.etlkit.benchmark;

import io.etlkit.api.DeliveryId;
import io.etlkit.api.EtlPlugin;
import io.etlkit.api.EtlRecord;
import io.etlkit.api.RecordKey;
import io.etlkit.api.Sink;
import io.etlkit.api.SinkFactory;
import io.etlkit.api.value.ObjectValue;
import io.etlkit.api.value.Value;
import io.etlkit.testkit.TestConfig;
import io.etlkit.testkit.TestContext;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * What the Postgres sink gives on its own, with its ledger: each lane writes batches of a thousand records that look as the
 * pipeline's do. Its own process; prints the time of the last write, in milliseconds since 1970.
 *
 * <pre>{@code
 * java -cp ... io.etlkit.benchmark.BareSink JDBC_URL MESSAGES LANES
 * }</pre>
 */
final class BareSink {
    static final String TABLE = "user_logins";

    static final String TABLE_DDL = """
            CREATE TABLE user_logins (
                user_id varchar(128), device_type varchar(32), masked_ip varchar(256), masked_device_id varchar(256),
                locale varchar(32), app_version varchar(32), create_date date)""";

    private static final int BATCH = 1000;
    private static final int DISTINCT = 1 << 16;

    private BareSink() {}

    public static void main(String[] arguments) throws InterruptedException, ExecutionException {
        int messages = Integer.parseInt(arguments[1]);
        int lanes = Integer.parseInt(arguments[2]);
        ExecutorService threads = Executors.newFixedThreadPool(lanes);
        List<Future<?>> running = new ArrayList<>();
        for (int lane = 0; lane < lanes; lane++) {
            int number = lane;
            int share = messages / lanes + (lane < messages % lanes ? 1 : 0);
            running.add(threads.submit(() -> write(arguments[0], number, lanes, share)));
        }
        for (Future<?> lane : running) {
            lane.get();
        }
        System.out.println(System.currentTimeMillis());
        threads.shutdown();
    }

    private static void write(String url, int lane, int lanes, int messages) {
        TestContext context = TestContext.defaults()
                .withLane(lane, lanes)
                .withBatchSize(BATCH)
                .withFields(record(new SplittableRandom(0)).names().toArray(String[]::new));
        SplittableRandom random = new SplittableRandom(lane + 1L);
        try (Sink sink = create(postgres(), url, context)) {
            for (int written = 0; written < messages; written += BATCH) {
                sink.write(batch(random, Math.min(BATCH, messages - written)));
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static List<EtlRecord> batch(SplittableRandom random, int size) {
        Instant now = Instant.now();
        List<EtlRecord> batch = new ArrayList<>(size);
        for (int count = 0; count < size; count++) {
            String id = new UUID(random.nextLong(), random.nextLong()).toString();
            batch.add(new EtlRecord(new DeliveryId(id), new RecordKey(id, now), record(random), Map.of()));
        }
        return batch;
    }

    /** A record as it leaves the chain: tokens as long as real ones, with as many duplicates. */
    private static ObjectValue record(SplittableRandom random) {
        return ObjectValue.builder()
                .put("user_id", Value.of(hex(random.nextInt(DISTINCT), 64)))
                .put("device_type", Value.of("android"))
                .put("masked_ip", Value.of("mk1:" + hex(random.nextInt(DISTINCT), 82)))
                .put("masked_device_id", Value.of("mk1:" + hex(random.nextInt(DISTINCT), 82)))
                .put("locale", Value.of("RU"))
                .put("app_version", Value.of("2.3.0"))
                .put("create_date", Value.of("2026-11-24"))
                .build();
    }

    private static String hex(int number, int length) {
        String digits = Integer.toHexString(number);
        return "0".repeat(length - digits.length()) + digits;
    }

    private static SinkFactory<?> postgres() {
        return ServiceLoader.load(EtlPlugin.class).stream()
                .flatMap(provider -> provider.get().sinks().stream())
                .filter(factory -> factory.name().equals("postgres"))
                .findFirst()
                .orElseThrow();
    }

    private static <C extends Record> Sink create(SinkFactory<C> factory, String url, TestContext context) {
        C config = TestConfig.bind(factory.configType(), Map.of("url", url, "table", TABLE));
        return factory.create(config, context);
    }
}
