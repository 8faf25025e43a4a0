package io.etlkit.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.etlkit.api.RejectedException;
import io.etlkit.api.value.ListValue;
import io.etlkit.api.value.ObjectValue;
import io.etlkit.api.value.Value;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads JSON text (RFC 8259) into a {@link Value}. Numbers keep their precision. Stateless, safe for any thread.
 *
 * <p>Stricter than the RFC asks: an object that names a field twice is refused, for keeping either value would lose the
 * other. Nesting is limited to 500 levels.
 */
public final class JsonReader {
    /** The reason code of text that is not JSON. */
    public static final String MALFORMED_JSON = "malformed_json";

    /** The reason code of an object that names a field twice. */
    public static final String DUPLICATE_FIELD = "duplicate_field";

    private static final int MAX_DEPTH = 500;

    private static final JsonFactory FACTORY = JsonLibrary.factory(MAX_DEPTH);

    private JsonReader() {}

    /**
     * Reads one JSON text.
     *
     * @throws RejectedException when it is not one; the message tells line and column, never content
     */
    public static Value read(String text) {
        try (JsonParser parser = FACTORY.createParser(text)) {
            JsonToken first = parser.nextToken();
            if (first == null) {
                throw new RejectedException(MALFORMED_JSON, "the text is empty");
            }
            Value value = value(parser, first);
            if (parser.nextToken() != null) {
                throw malformed(parser.currentTokenLocation(), "text after the end of the JSON value");
            }
            return value;
        } catch (JsonProcessingException malformed) {
            throw malformed(malformed.getLocation(), "not JSON");
        } catch (IOException | ArithmeticException | NumberFormatException unreadable) {
            throw new RejectedException(MALFORMED_JSON, "not JSON: a number is out of range");
        }
    }

    private static Value value(JsonParser parser, JsonToken token) throws IOException {
        return switch (token) {
            case START_OBJECT -> object(parser);
            case START_ARRAY -> list(parser);
            case VALUE_STRING -> Value.of(parser.getText());
            case VALUE_NUMBER_INT -> wholeNumber(parser);
            case VALUE_NUMBER_FLOAT -> Value.of(parser.getDecimalValue());
            case VALUE_TRUE -> Value.of(true);
            case VALUE_FALSE -> Value.of(false);
            case VALUE_NULL -> Value.ofNull();
            default -> throw malformed(parser.currentTokenLocation(), "not JSON");
        };
    }

    private static Value object(JsonParser parser) throws IOException {
        ObjectValue.Builder object = ObjectValue.builder();
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            if (object.has(name)) {
                JsonLocation location = parser.currentTokenLocation();
                throw new RejectedException(
                        DUPLICATE_FIELD, "an object names the same field twice, the second time" + at(location));
            }
            object.put(name, value(parser, parser.nextToken()));
        }
        return object.build();
    }

    private static Value list(JsonParser parser) throws IOException {
        List<Value> elements = new ArrayList<>();
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            elements.add(value(parser, token));
        }
        return new ListValue(elements);
    }

    private static Value wholeNumber(JsonParser parser) throws IOException {
        return parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER
                ? Value.of(parser.getDecimalValue())
                : Value.of(parser.getLongValue());
    }

    private static RejectedException malformed(JsonLocation location, String what) {
        return new RejectedException(MALFORMED_JSON, what + at(location));
    }

    private static String at(JsonLocation location) {
        return location == null ? "" : " at line " + location.getLineNr() + ", column " + location.getColumnNr();
    }
}
