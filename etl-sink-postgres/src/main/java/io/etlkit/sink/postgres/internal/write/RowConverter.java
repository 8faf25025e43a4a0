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

/** Makes rows of records: one element per column, checked so that the server has nothing left to refuse. */
final class RowConverter {
    private static final Pattern DIGITS = Pattern.compile("[0-9]{1," + MessageColumn.VERSION_DIGITS + "}");

    private final List<TargetColumn> columns;
    private final List<Optional<MessageColumn>> own;
    private final String fieldNames;

    /**
     * Over a table's columns.
     *
     * @param own what some columns, by name, take of the message itself; the others take a field of the body
     */
    RowConverter(List<TargetColumn> columns, Map<String, MessageColumn> own) {
        this.columns = columns;
        this.own = columns.stream()
                .map(column -> Optional.ofNullable(own.get(column.name())))
                .toList();
        this.fieldNames = IntStream.range(0, columns.size())
                .filter(i -> this.own.get(i).isEmpty())
                .mapToObj(i -> columns.get(i).name())
                .collect(Collectors.joining(", "));
    }

    @Nullable
    Object[] read(EtlRecord record) throws RefusedValueException {
        if (!(record.body() instanceof ObjectValue object)) {
            throw new RefusedValueException(Rejection.of(
                    "not_an_object",
                    "a row is made of an object, this is "
                            + record.body().kind().label()));
        }
        Map<String, Value> fields = object.fields();
        @Nullable Object[] row = new Object[columns.size()];
        int known = 0;
        for (int i = 0; i < row.length; i++) {
            TargetColumn column = columns.get(i);
            Value value;
            if (own.get(i).isPresent()) {
                value = messageValue(own.get(i).get(), record);
            } else {
                value = fields.get(column.name());
                known += value == null ? 0 : 1;
            }
            row[i] = column.convert(value);
        }
        if (known < fields.size()) {
            // its name came with the record: it is content
            throw new RefusedValueException(
                    Rejection.of("unknown_column", "a field is no column of the table; it writes " + fieldNames));
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
