package io.etlkit.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.etlkit.api.config.Secret;
import io.etlkit.api.value.FieldPath;
import io.etlkit.api.value.ObjectValue;
import io.etlkit.api.value.Value;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever of these ends up in a log line must not leak what a record carries. */
class ContentIsNotShownTest {
    private static final String CANARY = "4242424242";
    private static final RecordKey KEY = new RecordKey("m1", Instant.EPOCH);

    static Stream<Object> carriers() {
        ObjectValue body = ObjectValue.of(Map.of(CANARY, Value.of(CANARY), "list", Value.of(values())));
        EtlRecord record = new EtlRecord(new DeliveryId(CANARY), KEY, body, Map.of(CANARY, Value.of(CANARY)));
        return Stream.concat(
                values().stream().map(value -> (Object) value),
                Stream.of(
                        body,
                        record,
                        record.withHeader("h", Value.of(CANARY)),
                        record.delivery(),
                        Secret.of(CANARY),
                        letter(new DeadLetter.Sealed(CANARY.getBytes(StandardCharsets.UTF_8))),
                        letter(new DeadLetter.Clear(body, record.headers())),
                        letter(new DeadLetter.Omitted()),
                        new Settlement(Set.of(record.delivery()), Map.of()),
                        new WriteResult(Set.of(), Set.of(record.delivery()), Map.of())));
    }

    @ParameterizedTest
    @MethodSource("carriers")
    void toStringShowsNone(Object carrier) {
        assertThat(carrier.toString()).isNotBlank().doesNotContain(CANARY, "52, 50");
    }

    @Test
    void toStringTellsKindAndSize() {
        assertThat(Value.of("abc")).hasToString("text[3 chars]");
        assertThat(Value.of(List.of(Value.of(1)))).hasToString("list[1]");
        assertThat(Value.of(Map.of("a", Value.of(1)))).hasToString("object[1 fields]");
        assertThat(Value.of(new byte[3])).hasToString("bytes[3]");
        assertThat(List.of(Value.of(1), Value.of(true), Value.ofNull(), Value.of(Instant.EPOCH)))
                .extracting(Value::toString)
                .containsExactly("number", "boolean", "null", "timestamp");
        assertThat(new EtlRecord(new DeliveryId("d"), KEY, Value.of("abc"), Map.of()))
                .hasToString("EtlRecord[m1, body=text[3 chars], headers=0]");
    }

    @Test
    void aRejectionNamesTheFieldAndTheReason() {
        assertThat(new RejectedException("missing_field", FieldPath.parse("a.b"), "the field is missing"))
                .hasMessage("missing_field at a.b: the field is missing");
        assertThat(new RejectedException("malformed_json", "not JSON")).hasMessage("malformed_json: not JSON");
    }

    private static List<Value> values() {
        return List.of(
                Value.of(CANARY),
                Value.of(new BigDecimal(CANARY)),
                Value.of(Instant.ofEpochSecond(Long.parseLong(CANARY))),
                Value.of(CANARY.getBytes(StandardCharsets.UTF_8)),
                Value.of(List.of(Value.of(CANARY))));
    }

    private static DeadLetter letter(DeadLetter.Original original) {
        return new DeadLetter(
                "p",
                KEY,
                DeadLetter.Stage.TRANSFORM,
                Optional.of("transforms[0].require"),
                Rejection.of("missing_field", "the field is missing"),
                1,
                Instant.EPOCH,
                original);
    }
}
