package io.etlkit.api;

import io.etlkit.api.value.TextValue;
import io.etlkit.api.value.Value;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * One record on its way from a source to a sink: which delivery it belongs to, what its message is called, the body, and
 * headers such as {@code messageId} and {@code sentAt}. Immutable. A transform that splits a record makes copies that share
 * the delivery and the key.
 *
 * <p>{@code toString} shows no content.
 *
 * @param delivery the handing-over that is settled when this record is done
 * @param key the message's name, the same on every redelivery
 * @param body raw text as the source hands it over; after the decode step the decoded value
 * @param headers what the source tells about the message; unmodifiable
 */
public record EtlRecord(DeliveryId delivery, RecordKey key, Value body, Map<String, Value> headers) {
    /** Checks the parts; {@code headers} must not be changed by the caller afterwards. */
    public EtlRecord {
        Objects.requireNonNull(delivery, "delivery");
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(body, "body");
        headers = Collections.unmodifiableMap(headers);
    }

    /** This record with another body. */
    public EtlRecord withBody(Value newBody) {
        return new EtlRecord(delivery, key, newBody, headers);
    }

    /** This record with one header set. */
    public EtlRecord withHeader(String name, Value value) {
        Map<String, Value> changed = new LinkedHashMap<>(headers);
        changed.put(name, value);
        return new EtlRecord(delivery, key, body, changed);
    }

    /**
     * The group within which messages keep their order: the header {@code groupId} of one that has a {@code sequenceNumber}
     * too, as those of an SQS FIFO queue have. Empty: its order does not matter. (A group on a standard queue is for fairness,
     * and has no sequence.)
     */
    public Optional<String> orderedGroup() {
        return headers.get("groupId") instanceof TextValue group && headers.containsKey("sequenceNumber")
                ? Optional.of(group.value())
                : Optional.empty();
    }

    @Override
    public String toString() {
        return "EtlRecord[" + key.id() + ", body=" + body + ", headers=" + headers.size() + "]";
    }
}
