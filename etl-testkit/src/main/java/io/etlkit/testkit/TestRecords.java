package io.etlkit.testkit;

import io.etlkit.api.DeliveryId;
import io.etlkit.api.EtlRecord;
import io.etlkit.api.RecordKey;
import io.etlkit.api.value.Value;
import io.etlkit.json.JsonReader;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/** Makes records for tests, with the headers that an SQS source gives. Stateless, safe for any thread. */
public final class TestRecords {
    /** When the messages of tests were sent. */
    public static final Instant SENT_AT = Instant.parse("2026-01-02T03:04:05.678Z");

    private TestRecords() {}

    /** A record as a source hands it over: the body is raw text. Its key has the id given; its delivery is a new one. */
    public static EtlRecord text(String id, String body) {
        return record(id, Value.of(body));
    }

    /** A record as a transform or a sink sees it: the body is decoded. */
    public static EtlRecord json(String id, String body) {
        return record(id, JsonReader.read(body));
    }

    /** The same message delivered once more: the key stays, the delivery is a new one. */
    public static EtlRecord redelivered(EtlRecord record) {
        return new EtlRecord(newDelivery(), record.key(), record.body(), record.headers());
    }

    private static EtlRecord record(String id, Value body) {
        Map<String, Value> headers = new LinkedHashMap<>();
        headers.put("messageId", Value.of(id));
        headers.put("sentAt", Value.of(SENT_AT));
        headers.put("receiveCount", Value.of(1));
        return new EtlRecord(newDelivery(), new RecordKey(id, SENT_AT), body, headers);
    }

    private static DeliveryId newDelivery() {
        return new DeliveryId(UUID.randomUUID().toString());
    }
}
