package io.etlkit.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.etlkit.api.RejectedException;
import io.etlkit.api.value.ObjectValue;
import io.etlkit.api.value.Value;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {
    @Test
    void readsEveryKind() {
        assertThat(JsonReader.read("{\"a\":[1,2.50,true,false,null,\"x\"],\"b\":{}}"))
                .isEqualTo(Value.of(Map.of(
                        "a",
                        Value.of(List.of(
                                Value.of(1),
                                Value.of(new BigDecimal("2.50")),
                                Value.of(true),
                                Value.of(false),
                                Value.ofNull(),
                                Value.of("x"))),
                        "b",
                        ObjectValue.empty())));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"z\":1,\"a\":[true,null,\"\\u0000\\\"\\n\"]}",
                "123456789012345678901234567890.12345678901234567890",
                "[]",
                "\"\\uD800\"",
                "1E+999999999",
            })
    void writesBackWhatItRead(String json) {
        Value value = JsonReader.read(json);

        assertThat(JsonReader.read(JsonWriter.write(value))).isEqualTo(value);
    }

    @Test
    void keepsTheOrderAndTheDigits() {
        assertThat(JsonWriter.write(JsonReader.read("{ \"z\" : 1.10 , \"a\" : 12345678901234567890 }")))
                .isEqualTo("{\"z\":1.10,\"a\":12345678901234567890}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "  ",
                "secret",
                "{\"a\":secret}",
                "{\"a\":\"secret\"",
                "{\"a\":1} secret",
                "[1,]",
                "{'a':1}",
                "NaN",
                "01",
                "{\"a\":1,}",
                "1e99999999999",
            })
    void refusesWhatIsNotJsonWithoutQuotingIt(String text) {
        RejectedException refused = catchThrowableOfType(RejectedException.class, () -> JsonReader.read(text));

        assertThat(refused.rejection().reason()).isEqualTo(JsonReader.MALFORMED_JSON);
        assertThat(refused).hasNoCause();
        assertThat(refused.getMessage()).doesNotContain("secret");
    }

    @Test
    void refusesAFieldNamedTwice() {
        assertThatThrownBy(() -> JsonReader.read("{\"ip\":\"10.0.0.1\",\n\"ip\":\"10.0.0.2\"}"))
                .isInstanceOf(RejectedException.class)
                .hasMessage(
                        "duplicate_field: an object names the same field twice, the second time at line 2, column 1");
    }

    @Test
    void refusesNestingThatWouldOverflowTheStack() {
        assertThatThrownBy(() -> JsonReader.read("[".repeat(100_000)))
                .isInstanceOf(RejectedException.class)
                .hasMessageStartingWith("malformed_json");
    }

    @Test
    void writesTimestampsAndBytesAsText() {
        assertThat(JsonWriter.write(Value.of(Map.of("at", Value.of(Instant.parse("2026-01-02T03:04:05Z"))))))
                .isEqualTo("{\"at\":\"2026-01-02T03:04:05Z\"}");
        assertThat(JsonWriter.write(Value.of(new byte[] {1, 2, 3}))).isEqualTo("\"AQID\"");
    }
}
