package io.etlkit.engine.internal.decode;

import io.etlkit.api.EtlRecord;
import io.etlkit.api.RejectedException;
import io.etlkit.api.value.ObjectValue;
import io.etlkit.api.value.TextValue;
import io.etlkit.api.value.Value;
import io.etlkit.json.JsonReader;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/** Looks into an envelope. Stateless. */
final class EnvelopeFields {
    private EnvelopeFields() {}

    /**
     * The envelope of a record.
     *
     * @throws RejectedException when the record's text is no JSON object
     */
    static ObjectValue envelope(EtlRecord record, String expected) {
        if (record.body() instanceof TextValue text && JsonReader.read(text.value()) instanceof ObjectValue object) {
            return object;
        }
        throw new RejectedException(EnvelopeReader.NOT_AN_ENVELOPE, "the message is no " + expected);
    }

    /** Whether each of these is there and a text. */
    static boolean hasTexts(ObjectValue envelope, String... names) {
        for (String name : names) {
            if (text(envelope, name).isEmpty()) {
                return false;
            }
        }
        return true;
    }

    /** A field that is a text. */
    static Optional<String> text(ObjectValue envelope, String name) {
        return envelope.get(name).filter(TextValue.class::isInstance).map(value -> ((TextValue) value).value());
    }

    /** Copies a field, if it is there and not null, to a header's object. */
    static void copy(ObjectValue envelope, String name, ObjectValue.Builder header, String headerName) {
        envelope.get(name)
                .filter(value -> value.kind() != Value.Kind.NULL)
                .ifPresent(value -> header.put(headerName, value));
    }

    /** Copies a point in time, as a timestamp where it is one (RFC 3339), else as it is. */
    static void copyTime(ObjectValue envelope, String name, ObjectValue.Builder header, String headerName) {
        text(envelope, name).ifPresent(text -> header.put(headerName, time(text)));
    }

    private static Value time(String text) {
        try {
            return Value.of(Instant.parse(text));
        } catch (DateTimeParseException unreadable) {
            return Value.of(text);
        }
    }
}
