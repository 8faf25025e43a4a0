package io.etlkit.sink.postgres.internal.deadletter;

import io.etlkit.api.DeadLetter;
import io.etlkit.api.DeadLetter.Stage;
import io.etlkit.api.RecordKey;
import io.etlkit.api.Rejection;
import io.etlkit.api.StoredDeadLetter;
import io.etlkit.api.value.FieldPath;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.statement.StatementContext;

/**
 * Maps a row to a dead letter. A row that somebody changed by hand is still returned: what cannot be read gets a substitute,
 * so that one row does not hide the others. Stateless.
 */
final class DeadLetterRowMapper implements RowMapper<StoredDeadLetter> {
    private static final String UNREADABLE = "unreadable";

    private final String pipeline;

    DeadLetterRowMapper(String pipeline) {
        this.pipeline = pipeline;
    }

    @Override
    public StoredDeadLetter map(ResultSet row, StatementContext context) throws SQLException {
        DeadLetter letter = new DeadLetter(
                pipeline,
                new RecordKey(row.getString("message_id"), time(row, "sent_at")),
                Stage.ofLabel(row.getString("stage")).orElse(Stage.SINK),
                Optional.ofNullable(row.getString("step")),
                rejection(
                        row.getString("reason"), Optional.ofNullable(row.getString("field")), row.getString("message")),
                row.getInt("attempts"),
                time(row, "failed_at"),
                new StoredOriginal(Optional.ofNullable(row.getBytes("original"))).read(row.getString("original_form")));
        return new StoredDeadLetter(letter, time(row, "first_failed_at"), row.getString("version"));
    }

    private static Rejection rejection(String reason, Optional<String> field, String message) {
        try {
            return new Rejection(reason, field.map(FieldPath::parse), message);
        } catch (IllegalArgumentException odd) {
            return Rejection.of(UNREADABLE, message);
        }
    }

    private static Instant time(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}
