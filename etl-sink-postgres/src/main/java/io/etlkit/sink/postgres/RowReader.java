package io.etlkit.sink.postgres;

import io.etlkit.api.EtlRecord;
import io.etlkit.api.Rejection;
import io.etlkit.api.value.ObjectValue;
import io.etlkit.api.value.Value;
import io.etlkit.sink.postgres.TargetColumn.Refusal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Makes rows of records: one element per column, checked so that the server has nothing left to refuse. */
final class RowReader {
    private final List<TargetColumn> columns;
    private final List<Optional<MessageValue>> own;
    private final String fieldNames;

    /**
     * Over a table's columns.
     *
     * @param own what some columns, by name, take of the message itself; the others take a field of the body
     */
    RowReader(List<TargetColumn> columns, Map<String, MessageValue> own) {
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
    Object[] read(EtlRecord record) throws Refusal {
        if (!(record.body() instanceof ObjectValue object)) {
            throw new Refusal(Rejection.of(
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
                value = own.get(i).get().of(record);
            } else {
                value = fields.get(column.name());
                known += value == null ? 0 : 1;
            }
            row[i] = column.convert(value);
        }
        if (known < fields.size()) {
            // its name came with the record: it is content
            throw new Refusal(
                    Rejection.of("unknown_column", "a field is no column of the table; it writes " + fieldNames));
        }
        return row;
    }
}
