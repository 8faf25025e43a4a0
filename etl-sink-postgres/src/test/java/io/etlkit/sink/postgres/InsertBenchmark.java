package io.etlkit.sink.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.etlkit.api.DeliveryId;
import io.etlkit.api.EtlRecord;
import io.etlkit.api.RecordKey;
import io.etlkit.api.Sink;
import io.etlkit.api.value.ObjectValue;
import io.etlkit.api.value.TextValue;
import io.etlkit.api.value.Value;
import io.etlkit.testkit.PostgresExtension;
import io.etlkit.testkit.TestContext;
import io.etlkit.testkit.TestDatabase;
import io.etlkit.testkit.TestRecords;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What exactly-once costs: rows a second over one connection, and the server's CPU per row, of the sink and of the
 * alternatives; medians of some rounds, of which the ratios count. No build runs it, because its name does not end in Test:
 * {@code mvn -pl etl-sink-postgres -am test -Dtest=InsertBenchmark -Dsurefire.failIfNoSpecifiedTests=false}.
 */
@ExtendWith(PostgresExtension.class)
class InsertBenchmark {
    private static final int ROWS = 1000;
    private static final int BATCHES = 150;
    private static final int WARM_UP = 30;
    private static final int ROUNDS = 3;

    private static final String BASE = "none";

    private static final String COLUMNS =
            "user_id, device_type, masked_ip, masked_device_id, locale, app_version, create_date";
    private static final String TABLE = """
            CREATE TABLE target (user_id varchar(128), device_type varchar(32), masked_ip varchar(256),
                masked_device_id varchar(256), locale varchar(32), app_version varchar(32), create_date date);
            CREATE TABLE with_text (LIKE target, message_id text COLLATE "C" UNIQUE);
            CREATE TABLE with_uuid (LIKE target, message_id uuid UNIQUE);
            CREATE TABLE with_key (LIKE target, UNIQUE (user_id, create_date));
            CREATE TABLE with_version (LIKE target, etl_version numeric(20), UNIQUE (user_id, create_date));
            CREATE TABLE by_day (day date NOT NULL, pipeline text NOT NULL, id text NOT NULL,
                PRIMARY KEY (day, pipeline, id)) PARTITION BY RANGE (day);
            CREATE TABLE by_day_1 PARTITION OF by_day FOR VALUES FROM ('2000-01-01') TO ('2100-01-01')
            """;

    /** The first design: the day first in the key, conflicts ignored, the new rows joined. */
    private static final String BY_DAY = """
            WITH given AS MATERIALIZED (SELECT * FROM unnest(?::text[]) WITH ORDINALITY AS k(id, n)),
            fresh AS (INSERT INTO by_day SELECT '2026-11-24', 'test', id FROM given ON CONFLICT DO NOTHING RETURNING id)
            INSERT INTO target (%s) SELECT c0, c1, c2, c3, c4, c5, DATE '1970-01-01' + c6
            FROM unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::int4[]) WITH ORDINALITY
                AS r(c0, c1, c2, c3, c4, c5, c6, n) JOIN given USING (n) JOIN fresh USING (id)
            """.formatted(COLUMNS);

    private final Random random = new Random(42);
    private final Map<String, List<double[]>> results = new LinkedHashMap<>();
    private long clock = Instant.parse("2026-11-24T00:00:00Z").toEpochMilli();

    private interface Writer {
        void write(List<EtlRecord> batch) throws Exception;
    }

    /** The variants that are compared, by name, with the sink's options. */
    private static final Map<String, Map<String, Object>> SINKS = new LinkedHashMap<>();

    static {
        List<String> key = List.of("user_id", "create_date");
        SINKS.put(BASE, Map.of("idempotency", "none"));
        SINKS.put("ledger", Map.of());
        SINKS.put("column, text", Map.of("table", "with_text", "idempotency", "column"));
        SINKS.put("column, uuid", Map.of("table", "with_uuid", "idempotency", "column"));
        SINKS.put("key, ignore", Map.of("table", "with_key", "key", key));
        SINKS.put("key, update", Map.of("table", "with_key", "key", key, "onConflict", "update"));
        SINKS.put(
                "key, update, version",
                Map.of("table", "with_version", "key", key, "onConflict", "update", "version", "etl_version"));
    }

    @Test
    void compare(TestDatabase database) throws Exception {
        database.execute(TABLE);
        for (int round = 0; round < ROUNDS; round++) {
            for (Map.Entry<String, Map<String, Object>> each : SINKS.entrySet()) {
                PostgresSinkConfig config = PostgresFixtures.config(database, "target", each.getValue());
                try (Sink sink = open(config)) {
                    measure(each.getKey(), database, config.table(), sink::write);
                }
            }
            try (Sink sink = open(PostgresFixtures.config(database, "target"))) {
                measure("ledger, one redelivery a batch", database, "target", batch -> {
                    List<EtlRecord> withOld = new ArrayList<>(batch);
                    withOld.set(0, TestRecords.json("always the same", "{}"));
                    sink.write(withOld);
                });
            }
            try (Connection connection = connect(database);
                    PreparedStatement statement = connection.prepareStatement(BY_DAY)) {
                measure(
                        "ledger by day, ON CONFLICT",
                        database,
                        "target",
                        batch -> writeByDay(connection, statement, batch));
            }
        }
        report();
    }

    private void measure(String name, TestDatabase database, String table, Writer writer) throws Exception {
        database.execute("TRUNCATE " + table + ", by_day; CHECKPOINT");
        double cpuBefore = 0;
        long nanos = 0;
        for (int i = 0; i < WARM_UP + BATCHES; i++) {
            List<EtlRecord> batch = batch();
            if (i == WARM_UP) {
                cpuBefore = backendMicros(database);
                nanos = 0;
            }
            long start = System.nanoTime();
            writer.write(batch);
            nanos += System.nanoTime() - start;
        }
        double rows = (double) BATCHES * ROWS;
        double micros = (backendMicros(database) - cpuBefore) / rows;
        results.computeIfAbsent(name, ignored -> new ArrayList<>()).add(new double[] {rows / nanos * 1e9, micros});
        assertThat(database.count(table)).isGreaterThanOrEqualTo((long) (WARM_UP + BATCHES) * (ROWS - 1));
    }

    /** Medians, and their ratios to the insert without a ledger. */
    private void report() {
        double base = median(BASE, 0);
        results.keySet()
                .forEach(name -> System.out.printf(
                        Locale.ROOT,
                        "%-32s %7.0f rows/s  %4.2f of none  server CPU %5.2f us/row%n",
                        name,
                        median(name, 0),
                        median(name, 0) / base,
                        median(name, 1)));
    }

    private double median(String name, int what) {
        return results.getOrDefault(name, List.of()).stream()
                .mapToDouble(round -> round[what])
                .sorted()
                .skip(ROUNDS / 2)
                .findFirst()
                .orElseThrow();
    }

    /** User and system time of the server process of our connection, in ticks of 10 ms; 0 without /proc. */
    private static double backendMicros(TestDatabase database) throws IOException {
        String pid = database.column("SELECT pid FROM pg_stat_activity WHERE application_name = 'etlkit/test'"
                        + " AND datname = current_database()")
                .get(0);
        Path stat = Path.of("/proc", pid, "stat");
        if (!Files.exists(stat)) {
            return 0;
        }
        String text = Files.readString(stat);
        String[] parts = text.substring(text.lastIndexOf(')') + 2).split(" ", -1);
        return (Long.parseLong(parts[11]) + Long.parseLong(parts[12])) * 10_000.0;
    }

    private List<EtlRecord> batch() {
        clock += 20;
        return IntStream.range(0, ROWS).mapToObj(i -> row()).toList();
    }

    private EtlRecord row() {
        String id = new UUID(random.nextLong(), random.nextLong()).toString();
        ObjectValue body = ObjectValue.builder()
                .put("user_id", Value.of(hex(64)))
                .put("device_type", Value.of("android"))
                .put("masked_ip", Value.of(hex(33)))
                .put("masked_device_id", Value.of(hex(86)))
                .put("locale", Value.of("RU"))
                .put("app_version", Value.of("2.3.0"))
                .put("create_date", Value.of("2026-11-24"))
                .build();
        Instant sentAt = Instant.ofEpochMilli(clock + random.nextInt(40));
        return new EtlRecord(new DeliveryId(id), new RecordKey(id, sentAt), body, Map.of());
    }

    private String hex(int length) {
        StringBuilder text = new StringBuilder();
        while (text.length() < length) {
            text.append(Long.toHexString(random.nextLong()));
        }
        return text.substring(0, length);
    }

    private static void writeByDay(Connection connection, PreparedStatement statement, List<EtlRecord> batch)
            throws Exception {
        List<EtlRecord> sorted = batch.stream()
                .sorted((a, b) -> a.key().id().compareTo(b.key().id()))
                .toList();
        String[] names = COLUMNS.split(", ", -1);
        statement.setArray(
                1,
                connection.createArrayOf(
                        "text", sorted.stream().map(record -> record.key().id()).toArray()));
        for (int c = 0; c < names.length - 1; c++) {
            String name = names[c];
            Object[] column = sorted.stream()
                    .map(record ->
                            ((TextValue) ((ObjectValue) record.body()).get(name).orElseThrow()).value())
                    .toArray(String[]::new);
            statement.setArray(2 + c, connection.createArrayOf("text", column));
        }
        Integer[] days = new Integer[sorted.size()];
        Arrays.fill(days, 20_781);
        statement.setArray(8, connection.createArrayOf("int4", days));
        statement.executeUpdate();
    }

    private static Connection connect(TestDatabase database) throws Exception {
        return PostgresFixtures.connector(PostgresFixtures.config(database, "target"), TestContext.defaults())
                .open();
    }

    private static Sink open(PostgresSinkConfig config) {
        return new PostgresSinkFactory().create(config, TestContext.defaults().withFields(COLUMNS.split(", ", -1)));
    }
}
