package io.etlkit.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.etlkit.api.DeadLetter;
import io.etlkit.api.DeadLetter.Clear;
import io.etlkit.api.DeadLetter.Omitted;
import io.etlkit.api.DeadLetter.Original;
import io.etlkit.api.DeadLetter.Sealed;
import io.etlkit.api.DeadLetter.Stage;
import io.etlkit.api.RecordKey;
import io.etlkit.api.Rejection;
import io.etlkit.api.value.FieldPath;
import io.etlkit.api.value.Value;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeadLetterJsonTest {
    private static final Instant SENT_AT = Instant.parse("2026-01-02T03:04:05.678Z");
    private static final String KEY = "\"pipeline\":\"logins\",\"id\":\"m1\",\"since\":\"2026-01-02T03:04:05.678Z\"";

    private static DeadLetter letter(Original original) {
        return new DeadLetter(
                "logins",
                new RecordKey("m1", SENT_AT),
                Stage.TRANSFORM,
                Optional.of("transforms[0].mask"),
                Rejection.of("missing_field", FieldPath.parse("device.ip"), "what is wrong"),
                3,
                SENT_AT.plusSeconds(60),
                original);
    }

    private static DeadLetter read(String json) {
        return DeadLetterJson.read(JsonReader.read(json)).orElseThrow();
    }

    @Test
    void isTheSameAfterWritingAndReading() {
        DeadLetter clear = letter(new Clear(Value.of("{\"a\":1}"), Map.of("sentAt", Value.of(SENT_AT))));
        DeadLetter bare = new DeadLetter(
                "logins",
                new RecordKey("m1", SENT_AT),
                Stage.DECODE,
                Optional.empty(),
                Rejection.of("malformed_json", "no JSON"),
                1,
                SENT_AT,
                new Omitted());
        DeadLetter sealed = letter(new Sealed(new byte[] {-1, 0, 1}));

        assertThat(read(JsonWriter.write(DeadLetterJson.of(clear)))).isEqualTo(clear);
        assertThat(read(JsonWriter.write(DeadLetterJson.of(bare)))).isEqualTo(bare);
        assertThat(read(JsonWriter.write(DeadLetterJson.of(sealed))))
                .usingRecursiveComparison()
                .isEqualTo(sealed);
    }

    @Test
    void leavesOutWhatALetterDoesNotHave() {
        assertThat(JsonWriter.write(DeadLetterJson.of(letter(new Omitted()))))
                .isEqualTo("{" + KEY + ",\"stage\":\"transform\",\"step\":\"transforms[0].mask\","
                        + "\"reason\":\"missing_field\",\"field\":\"device.ip\",\"message\":\"what is wrong\","
                        + "\"attempts\":3,\"failedAt\":\"2026-01-02T03:05:05.678Z\"}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1",
                "{}",
                "{\"pipeline\":\"p\",\"id\":\"m1\"}",
                "{\"pipeline\":\"p\",\"id\":\"\",\"since\":\"2026-01-02T03:04:05Z\"}",
                "{\"pipeline\":\"p\",\"id\":\"m1\",\"since\":\"yesterday\"}",
                "{\"pipeline\":7,\"id\":\"m1\",\"since\":\"2026-01-02T03:04:05Z\"}"
            })
    void isEmptyForSomethingElse(String json) {
        assertThat(DeadLetterJson.read(JsonReader.read(json))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"reason\":\"Not A Code\"|unreadable",
                "\"reason\":\"a_code\",\"field\":\"a[\"|unreadable",
                "\"stage\":\"by hand\",\"attempts\":\"many\",\"failedAt\":\"x\",\"reason\":\"a_code\"|a_code",
                "\"original\":{\"sealed\":\"&&\"},\"reason\":\"a_code\"|a_code"
            })
    void readsWhatSomebodyChangedByHand(String fields, String reason) {
        DeadLetter letter = read("{" + KEY + "," + fields + ",\"message\":\"a note\",\"added\":1}");

        assertThat(letter.rejection()).isEqualTo(Rejection.of(reason, "a note"));
        assertThat(letter.stage()).isEqualTo(Stage.SINK);
        assertThat(letter.attempts()).isEqualTo(1);
        assertThat(letter.failedAt()).isEqualTo(Instant.EPOCH);
        assertThat(letter.original()).isEqualTo(new Omitted());
    }
}
