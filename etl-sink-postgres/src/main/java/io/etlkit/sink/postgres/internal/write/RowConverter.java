package io.etlkit.sink.postgres.internal.write;

import io.etlkit.api.EtlRecord;
import io.etlkit.api.Rejection;
import io.etlkit.api.value.NumberValue;
import io.etlkit.api.value.ObjectValue;
import io.etlkit.api.value.TextValue;
import io.etlkit.api.value.Value;
import io.etlkit.sink.postgres.internal.column.RefusedValueException;
import io.etlkit.sink.postgres.internal.column.TargetColumn;
import io.etlkit.sink.postgres.internal.schema.MessageColumn;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Converts records to rows: one element for each column, checked so that the server should not refuse it. */
final class RowConverter {
    private static final Pattern DIGITS = Pattern.compile("[0-9]{1," + MessageColumn.VERSION_DIGITS + "}");

    private final List<TargetColumn> columns;
    private final List<Optional<MessageColumn>> messageColumns;
    private final String fieldNames;

    /**
     * For a table's columns.
     *
     * @param messageColumns the columns, by name, that are filled from the message; the others take a field of the body
     */
    RowConverter(List<TargetColumn> columns, Map<String, MessageColumn> messageColumns) {
        this.columns = columns;
        this.messageColumns = columns.stream()
                .map(column -> Optional.ofNullable(messageColumns.get(column.name())))
                .toList();
        this.fieldNames = IntStream.range(0, columns.size())
                .filter(i -> this.messageColumns.get(i).isEmpty())
                .mapToObj(i -> columns.get(i).name())
                .collect(Collectors.joining(", "));
    }

    @Nullable
    Object[] convert(EtlRecord record) throws RefusedValueException {
        if (!(record.body() instanceof ObjectValue object)) {
            throw new RefusedValueException(Rejection.of(
                    "not_an_object",
                    "a row needs an object, and this is " + record.body().kind().label()));
        }
        Map<String, Value> fields = object.fields();
        @Nullable Object[] row = new Object[columns.size()];
        int known = 0;
        for (int i = 0; i < row.length; i++) {
            TargetColumn column = columns.get(i);
            Value value;
            if (messageColumns.get(i).isPresent()) {
                value = messageValue(messageColumns.get(i).get(), record);
            } else {
                value = fields.get(column.name());
                known += value == null ? 0 : 1;
            }
            row[i] = column.convert(value);
        }
        if (known < fields.size()) {
            // the field's name came with the record, so it is not shown
            throw new RefusedValueException(Rejection.of(
                    "unknown_column", "a field is not a column of the table; the sink writes " + fieldNames));
        }
        return row;
    }

    private static Value messageValue(MessageColumn column, EtlRecord record) throws RefusedValueException {
        return switch (column) {
            case ID -> Value.of(record.key().id());
            case VERSION -> version(record);
        };
    }

    private static Value version(EtlRecord record) throws RefusedValueException {
        Value sequence = record.headers().get("sequenceNumber");
        if (sequence == null) {
            return Value.of(BigDecimal.valueOf(record.key().since().toEpochMilli()));
        }
        if (sequence instanceof NumberValue) {
            return sequence;
        }
        if (sequence instanceof TextValue text && DIGITS.matcher(text.value()).matches()) {
            return Value.of(new BigDecimal(text.value()));
        }
        throw new RefusedValueException(
                "invalid_sequence",
                "the header sequenceNumber is no number of at most " + MessageColumn.VERSION_DIGITS
                        + " digits, so the message's place among others is unknown");
    }
}
