package io.etlkit.testkit;

import io.etlkit.api.EtlRecord;
import io.etlkit.api.value.ListValue;
import io.etlkit.api.value.NumberValue;
import io.etlkit.api.value.ObjectValue;
import io.etlkit.api.value.TextValue;
import io.etlkit.api.value.Value;
import java.util.List;
import java.util.stream.Stream;

/** Looks for a record's values where they must not be. Stateless, safe for any thread. */
public final class RecordContent {
    /** Shorter values stand in messages by chance. */
    private static final int SHORTEST = 4;

    private RecordContent() {}

    /**
     * Checks that no text or number of the record's body, of four characters or more, stands in a text such as a log line or
     * an exception's message.
     */
    public static void assertAbsent(EtlRecord record, String text) {
        for (String value : values(record.body())) {
            if (value.length() >= SHORTEST && text.contains(value)) {
                throw new AssertionError("a value of the record stands in: " + text);
            }
        }
    }

    private static List<String> values(Value value) {
        if (value instanceof TextValue text) {
            return List.of(text.value());
        } else if (value instanceof NumberValue number) {
            return List.of(number.value().toString());
        } else if (value instanceof ListValue list) {
            return flatten(list.values().stream());
        } else if (value instanceof ObjectValue object) {
            return flatten(object.fields().values().stream());
        }
        return List.of();
    }

    private static List<String> flatten(Stream<Value> values) {
        return values.flatMap(value -> values(value).stream()).toList();
    }
}
