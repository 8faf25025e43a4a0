package io.etlkit.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.etlkit.api.value.Value;
import org.junit.jupiter.api.Test;

class JsonEscapesTest {
    private static final String ODD = "a \ud800b \udc00 \ud83d\ude00 \uffff";

    @Test
    void halfPairsBecomeEscapesAndWholeOnesStay() {
        assertThat(JsonEscapes.loneSurrogates(JsonWriter.write(Value.of(ODD))))
                .isEqualTo("\"a \\uD800b \\uDC00 \ud83d\ude00 \uffff\"");
    }

    @Test
    void whatIsEscapedIsReadBackAsItWas() {
        String json =
                JsonEscapes.escape(JsonWriter.write(Value.of(ODD)), character -> character > 'a' && character < 65536);

        assertThat(json).isEqualTo("\"a \\uD800\\u0062 \\uDC00 \ud83d\ude00 \\uFFFF\"");
        assertThat(JsonReader.read(json)).isEqualTo(Value.of(ODD));
    }

    @Test
    void whereThereIsNothingToEscapeTheTextIsTheSame() {
        String json = "{\"a\":\"b\"}";
        assertThat(JsonEscapes.loneSurrogates(json)).isSameAs(json);
    }
}
