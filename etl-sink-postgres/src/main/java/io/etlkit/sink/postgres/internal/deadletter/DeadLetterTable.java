package io.etlkit.sink.postgres.internal.deadletter;

import io.etlkit.api.DeadLetter;
import io.etlkit.api.StartupException;
import io.etlkit.sink.postgres.internal.connection.ReconnectingConnection;
import io.etlkit.sink.postgres.internal.failure.Phase;
import io.etlkit.sink.postgres.internal.schema.Catalog;
import io.etlkit.sink.postgres.internal.schema.CatalogTable;
import io.etlkit.sink.postgres.internal.schema.DdlLock;
import io.etlkit.sink.postgres.internal.schema.TableName;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The table of dead letters: makes it when it is missing, and writes to it. Used by one thread. */
final class DeadLetterTable implements ReconnectingConnection.Setup<DeadLetterTable.Writer> {
    private static final Logger LOG = LoggerFactory.getLogger(DeadLetterTable.class);

    static final List<String> COLUMNS = List.of(
            "pipeline",
            "message_id",
            "sent_at",
            "stage",
            "step",
            "reason",
            "field",
            "message",
            "attempts",
            "first_failed_at",
            "failed_at",
            "original_form",
            "original");

    private final TableName table;

    DeadLetterTable(TableName table) {
        this.table = table;
    }

    @Override
    public Writer prepare(Handle handle, Phase phase) {
        Catalog catalog = new Catalog(handle);
        if (catalog.table(table).isEmpty()) {
            new DdlLock(handle).change(table, () -> {
                if (catalog.table(table).isEmpty()) {
                    create(handle);
                }
            });
        }
        CatalogTable found = catalog.table(table)
                .orElseThrow(() -> new StartupException("table " + table + " can not be made: the user has no schema"));
        List<String> missing =
                COLUMNS.stream().filter(name -> found.column(name).isEmpty()).toList();
        if (!missing.isEmpty()) {
            throw new StartupException(
                    "table " + found.name() + " is there, but has no columns " + String.join(", ", missing)
                            + ": name another table for the dead letters; it is made when it is missing");
        }
        return new Writer(handle, found.name());
    }

    /**
     * Deletes a batch of old letters. Nothing fails before it is sent, so the key's {@code sent_at} narrows the search down;
     * rows that are being written just now are left for the next time.
     */
    String expirySql() {
        return "DELETE FROM " + table.sql() + " WHERE ctid IN (SELECT ctid FROM " + table.sql()
                + " WHERE pipeline = :pipeline AND sent_at < :before AND failed_at < :before"
                + " ORDER BY sent_at LIMIT :batch FOR UPDATE SKIP LOCKED)";
    }

    private void create(Handle handle) {
        handle.execute("CREATE TABLE " + table.sql() + """
                 (
                    pipeline text COLLATE "C" NOT NULL,
                    message_id text COLLATE "C" NOT NULL,
                    sent_at timestamptz NOT NULL,
                    stage text NOT NULL,
                    step text,
                    reason text NOT NULL,
                    field text,
                    message text NOT NULL,
                    attempts integer NOT NULL,
                    first_failed_at timestamptz NOT NULL,
                    failed_at timestamptz NOT NULL,
                    original_form text NOT NULL,
                    original bytea,
                    PRIMARY KEY (pipeline, sent_at, message_id))""");
        handle.execute("COMMENT ON TABLE " + table.sql() + " IS 'etlkit dead letters, version 1'");
        LOG.info("created {}", table);
    }

    /** All who change letters go in this order, so that they can not deadlock. */
    static final Comparator<DeadLetter> ORDER = Comparator.comparing(DeadLetter::pipeline)
            .thenComparing(letter -> letter.key().id())
            .thenComparing(letter -> letter.key().since());

    /** Writes letters over one connection. */
    static final class Writer {
        private final Handle handle;
        private final String insert;

        Writer(Handle handle, TableName table) {
            this.handle = handle;
            this.insert = "INSERT INTO " + table.sql() + " AS t (" + String.join(", ", COLUMNS) + ") VALUES (:"
                    + String.join(", :", COLUMNS)
                    + ") ON CONFLICT (pipeline, message_id, sent_at) DO UPDATE SET stage = excluded.stage, step = excluded.step,"
                    + " reason = excluded.reason, field = excluded.field, message = excluded.message,"
                    + " attempts = excluded.attempts, failed_at = excluded.failed_at,"
                    + " original_form = excluded.original_form, original = excluded.original";
        }

        /** One transaction; of letters with the same key the last one is kept. */
        void write(List<DeadLetter> letters) {
            Map<DeadLetter, DeadLetter> latest = new TreeMap<>(ORDER);
            letters.forEach(letter -> {
                latest.remove(letter);
                latest.put(letter, letter);
            });
            handle.useTransaction(transaction -> {
                PreparedBatch batch = transaction.prepareBatch(insert);
                latest.values().forEach(letter -> add(batch, letter));
                batch.execute();
            });
        }

        private static void add(PreparedBatch batch, DeadLetter letter) {
            OffsetDateTime failedAt = letter.failedAt().atOffset(ZoneOffset.UTC);
            StoredOriginal original = StoredOriginal.of(letter.original());
            batch.bind("pipeline", storable(letter.pipeline()))
                    .bind("message_id", storable(letter.key().id()))
                    .bind("sent_at", letter.key().since().atOffset(ZoneOffset.UTC))
                    .bind("stage", letter.stage().label())
                    .bind("step", letter.step().map(Writer::storable).orElse(null))
                    .bind("reason", letter.rejection().reason())
                    .bind(
                            "field",
                            letter.rejection()
                                    .field()
                                    .map(path -> storable(path.toString()))
                                    .orElse(null))
                    .bind("message", storable(letter.rejection().message()))
                    .bind("attempts", letter.attempts())
                    .bind("first_failed_at", failedAt)
                    .bind("failed_at", failedAt)
                    .bind("original_form", letter.original().form())
                    .bind("original", original.bytes().orElse(null))
                    .add();
        }

        private static String storable(String text) {
            return StoredOriginal.storable(text);
        }
    }
}
