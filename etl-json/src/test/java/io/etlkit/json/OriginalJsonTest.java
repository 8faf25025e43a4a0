package io.etlkit.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.etlkit.api.DeadLetter.Clear;
import io.etlkit.api.value.ObjectValue;
import io.etlkit.api.value.Value;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OriginalJsonTest {
    private static final Instant TIME = Instant.parse("2026-01-02T03:04:05.678Z");

    @Test
    void isTheSameAfterWritingAndReading() {
        Map<String, Value> headers = Map.of(
                "sentAt", Value.of(TIME),
                "looksLikeOne", Value.of(TIME.toString()),
                "count", Value.of(3),
                "attributes", Value.of(Map.of("signature", Value.of(new byte[] {1, -1}), "text", Value.of("AQID"))),
                "list", Value.of(List.of(Value.of("a"), Value.of(TIME), Value.ofNull())));
        Clear original = new Clear(Value.of("{\"a\":1}"), headers);

        assertThat(OriginalJson.read(JsonReader.read(JsonWriter.write(OriginalJson.of(original)))))
                .contains(original);
    }

    @Test
    void namesNoKindsWhereJsonHasThemAll() {
        assertThat(JsonWriter.write(OriginalJson.of(new Clear(Value.of("x"), Map.of("n", Value.of(1))))))
                .isEqualTo("{\"body\":\"x\",\"headers\":{\"n\":1}}");
        assertThat(JsonWriter.write(OriginalJson.of(new Clear(Value.of("x"), Map.of("at", Value.of(TIME))))))
                .isEqualTo("{\"body\":\"x\",\"headers\":{\"at\":\"2026-01-02T03:04:05.678Z\"},"
                        + "\"kinds\":{\"headers\":{\"at\":\"timestamp\"}}}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "{}", "{\"body\":\"x\"}", "{\"headers\":{}}", "{\"body\":\"x\",\"headers\":[]}"})
    void isEmptyForSomethingElse(String json) {
        assertThat(OriginalJson.read(JsonReader.read(json))).isEmpty();
    }

    @Test
    void leavesWhatTheKindsDoNotFit() {
        Value read = ObjectValue.builder()
                .put("at", Value.of("yesterday"))
                .put("bytes", Value.of("&&"))
                .put("number", Value.of(1))
                .put("list", Value.of(List.of(Value.of("x"))))
                .build();
        Value kinds = JsonReader.read("{\"at\":\"timestamp\",\"bytes\":\"bytes\",\"number\":\"timestamp\","
                + "\"list\":{\"7\":\"bytes\",\"0\":\"other\"},\"missing\":\"bytes\"}");

        assertThat(ValueKinds.restore(read, kinds)).isEqualTo(read);
        assertThat(ValueKinds.restore(read, Value.ofNull())).isEqualTo(read);
    }
}
