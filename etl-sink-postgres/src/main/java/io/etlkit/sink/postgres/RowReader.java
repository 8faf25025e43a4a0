package io.etlkit.sink.postgres;

import io.etlkit.api.Rejection;
import io.etlkit.api.value.ObjectValue;
import io.etlkit.api.value.Value;
import io.etlkit.sink.postgres.TargetColumn.Refusal;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Makes rows of record bodies: one element per column, checked so that the server has nothing left to refuse. */
final class RowReader {
    private final List<TargetColumn> columns;
    private final String columnNames;

    RowReader(List<TargetColumn> columns) {
        this.columns = columns;
        this.columnNames = columns.stream().map(TargetColumn::name).collect(Collectors.joining(", "));
    }

    List<TargetColumn> columns() {
        return columns;
    }

    @Nullable
    Object[] read(Value body) throws Refusal {
        if (!(body instanceof ObjectValue object)) {
            throw new Refusal(Rejection.of(
                    "not_an_object",
                    "a row is made of an object, this is " + body.kind().label()));
        }
        Map<String, Value> fields = object.fields();
        @Nullable Object[] row = new Object[columns.size()];
        int known = 0;
        for (int i = 0; i < row.length; i++) {
            TargetColumn column = columns.get(i);
            Value value = fields.get(column.name());
            if (value != null) {
                known++;
            }
            row[i] = column.convert(value);
        }
        if (known < fields.size()) {
            // its name came with the record: it is content
            throw new Refusal(
                    Rejection.of("unknown_column", "a field is no column of the table; it writes " + columnNames));
        }
        return row;
    }
}
