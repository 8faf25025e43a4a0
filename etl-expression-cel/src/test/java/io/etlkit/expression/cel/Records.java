package io.etlkit.expression.cel;

import io.etlkit.api.DeliveryId;
import io.etlkit.api.EtlRecord;
import io.etlkit.api.RecordKey;
import io.etlkit.api.value.Value;
import java.time.Instant;
import java.util.Map;

/** Records to evaluate expressions over. */
final class Records {
    static final Instant SENT_AT = Instant.parse("2024-05-01T22:30:00Z");

    private Records() {}

    static EtlRecord withBody(Value body) {
        return new EtlRecord(
                new DeliveryId("d1"),
                new RecordKey("m1", SENT_AT),
                body,
                Map.of(
                        "messageId", Value.of("m1"),
                        "sentAt", Value.of(SENT_AT),
                        "receiveCount", Value.of(2),
                        "attributes", Value.of(Map.of("team", Value.of("red")))));
    }
}
