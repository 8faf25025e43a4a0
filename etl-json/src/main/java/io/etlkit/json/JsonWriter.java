package io.etlkit.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.etlkit.api.value.BooleanValue;
import io.etlkit.api.value.BytesValue;
import io.etlkit.api.value.ListValue;
import io.etlkit.api.value.NullValue;
import io.etlkit.api.value.NumberValue;
import io.etlkit.api.value.ObjectValue;
import io.etlkit.api.value.TextValue;
import io.etlkit.api.value.TimestampValue;
import io.etlkit.api.value.Value;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Map;

/**
 * Writes a {@link Value} as JSON text (RFC 8259) on one line. A timestamp becomes text in ISO 8601, bytes become base64
 * (RFC 4648, section 4). Stateless, safe for any thread.
 */
public final class JsonWriter {
    private static final JsonFactory FACTORY = JsonLibrary.factory(1000);

    private JsonWriter() {}

    /** The value as JSON text. */
    public static String write(Value value) {
        StringWriter out = new StringWriter();
        try (JsonGenerator generator = FACTORY.createGenerator(out)) {
            write(generator, value);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return out.toString();
    }

    private static void write(JsonGenerator generator, Value value) throws IOException {
        if (value instanceof TextValue text) {
            generator.writeString(text.value());
        } else if (value instanceof NumberValue number) {
            generator.writeNumber(number.value());
        } else if (value instanceof NullValue) {
            generator.writeNull();
        } else if (value instanceof BooleanValue bool) {
            generator.writeBoolean(bool.value());
        } else if (value instanceof TimestampValue timestamp) {
            generator.writeString(timestamp.value().toString());
        } else if (value instanceof BytesValue bytes) {
            generator.writeBinary(bytes.value());
        } else if (value instanceof ListValue list) {
            generator.writeStartArray();
            for (Value element : list.values()) {
                write(generator, element);
            }
            generator.writeEndArray();
        } else if (value instanceof ObjectValue object) {
            generator.writeStartObject();
            for (Map.Entry<String, Value> field : object.fields().entrySet()) {
                generator.writeFieldName(field.getKey());
                write(generator, field.getValue());
            }
            generator.writeEndObject();
        }
    }
}
