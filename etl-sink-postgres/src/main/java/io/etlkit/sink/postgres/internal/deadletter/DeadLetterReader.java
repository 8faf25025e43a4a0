package io.etlkit.sink.postgres.internal.deadletter;

import io.etlkit.api.DeadLetter;
import io.etlkit.api.DeadLetterStore.Page;
import io.etlkit.api.RecordKey;
import io.etlkit.api.StoredDeadLetter;
import io.etlkit.sink.postgres.internal.schema.TableName;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.result.ResultIterator;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.Query;

/**
 * Reads and removes one pipeline's dead letters over one connection. A dead letter's version is its row's {@code xmin}: the
 * transaction that wrote it last. Used by one thread.
 */
final class DeadLetterReader {
    private static final int FETCH_SIZE = 20;
    private static final long MAX_PAGE_BYTES = 16L * 1024 * 1024;

    private final Handle handle;
    private final String pipeline;
    private final String select;
    private final String delete;
    private final DeadLetterRowMapper mapper;

    DeadLetterReader(Handle handle, TableName table, String pipeline) {
        this.handle = handle;
        this.pipeline = StoredOriginal.storable(pipeline);
        this.mapper = new DeadLetterRowMapper(pipeline);
        this.select = "SELECT " + String.join(", ", DeadLetterTable.COLUMNS) + ", xmin::text AS version FROM "
                + table.sql() + " WHERE pipeline = :pipeline";
        this.delete = "DELETE FROM " + table.sql() + " WHERE pipeline = :pipeline AND sent_at = :sent_at"
                + " AND message_id = :message_id AND xmin = CAST(:version AS xid)";
    }

    /** Fetches a few rows at a time, which needs a transaction, and ends the page before it gets too large for memory. */
    Page list(Optional<String> after, int max) {
        Optional<Cursor> start = after.map(Cursor::parse);
        String rest = start.isPresent() ? " AND (sent_at, message_id) > (:after_sent_at, :after_message_id)" : "";
        return handle.inTransaction(transaction -> {
            Query query = transaction
                    .createQuery(select + rest + " ORDER BY sent_at, message_id LIMIT :max")
                    .setFetchSize(FETCH_SIZE)
                    .bind("pipeline", pipeline)
                    .bind("max", max);
            start.ifPresent(
                    cursor -> query.bind("after_sent_at", cursor.sentAt().atOffset(ZoneOffset.UTC))
                            .bind("after_message_id", cursor.messageId()));
            try (ResultIterator<StoredDeadLetter> rows = query.map(mapper).iterator()) {
                return page(rows, max);
            }
        });
    }

    private static Page page(ResultIterator<StoredDeadLetter> rows, int max) {
        List<StoredDeadLetter> letters = new ArrayList<>();
        long bytes = 0;
        while (rows.hasNext() && bytes < MAX_PAGE_BYTES) {
            StoredDeadLetter stored = rows.next();
            letters.add(stored);
            bytes += size(stored.letter().original());
        }
        boolean more = letters.size() == max || rows.hasNext();
        return new Page(
                letters,
                more ? Optional.of(Cursor.of(letters.get(letters.size() - 1)).text()) : Optional.empty());
    }

    private static long size(DeadLetter.Original original) {
        return StoredOriginal.of(original).bytes().map(bytes -> bytes.length).orElse(0);
    }

    List<StoredDeadLetter> find(Set<String> messageIds) {
        return handle.createQuery(select + " AND message_id IN (<ids>) ORDER BY sent_at, message_id")
                .bind("pipeline", pipeline)
                .bindList(
                        "ids", messageIds.stream().map(StoredOriginal::storable).toList())
                .map(mapper)
                .list();
    }

    /** Waits for a row that another transaction is writing; it then has another version and is not removed. */
    int remove(List<StoredDeadLetter> letters) {
        return handle.inTransaction(transaction -> {
            PreparedBatch batch = transaction.prepareBatch(delete);
            letters.stream()
                    .sorted(Comparator.comparing(StoredDeadLetter::letter, DeadLetterWriter.ORDER))
                    .forEach(stored -> batch.bind("pipeline", pipeline)
                            .bind("sent_at", stored.letter().key().since().atOffset(ZoneOffset.UTC))
                            .bind("message_id", stored.letter().key().id())
                            .bind("version", stored.version())
                            .add());
            return Arrays.stream(batch.execute()).sum();
        });
    }

    /** The last key of a page. */
    private record Cursor(Instant sentAt, String messageId) {
        private static final char SEPARATOR = ' ';

        static Cursor of(StoredDeadLetter stored) {
            RecordKey key = stored.letter().key();
            return new Cursor(key.since(), key.id());
        }

        static Cursor parse(String text) {
            int end = text.indexOf(SEPARATOR);
            return new Cursor(
                    Instant.EPOCH.plus(Long.parseLong(text.substring(0, end)), ChronoUnit.MICROS),
                    text.substring(end + 1));
        }

        String text() {
            return ChronoUnit.MICROS.between(Instant.EPOCH, sentAt) + String.valueOf(SEPARATOR) + messageId;
        }
    }
}
