package io.etlkit.transform.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.etlkit.api.FieldEffects;
import io.etlkit.api.value.FieldPath;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DropTransformTest {
    @ParameterizedTest
    @CsvSource(
            delimiterString = " | ",
            quoteCharacter = '`',
            value = {
                "a | {\"a\":1,\"b\":2} | {\"b\":2}",
                "a,c | {\"a\":null,\"b\":2,\"c\":{}} | {\"b\":2}",
                "a | {\"b\":2} | {\"b\":2}",
                "a | {} | {}",
                "u.id | {\"u\":{\"id\":1,\"n\":2}} | {\"u\":{\"n\":2}}",
                "u.id | {\"u\":{\"id\":1}} | {\"u\":{}}",
                "u.id | {\"u\":null} | {\"u\":null}",
                "u.id | {\"u\":[{\"id\":1}]} | {\"u\":[{\"id\":1}]}",
                "l[*].a | {\"l\":[{\"a\":1,\"b\":2},{\"b\":3},4]} | {\"l\":[{\"b\":2},{\"b\":3},4]}",
                "l[*] | {\"l\":[1,2]} | {\"l\":[]}",
                "a,l[*].a | {\"a\":0,\"l\":[{\"a\":1}]} | {\"l\":[{}]}",
                "[\"a.b\"] | {\"a.b\":1,\"a\":{\"b\":2}} | {\"a\":{\"b\":2}}",
            })
    void removes(String fields, String body, String expected) {
        DropConfig config = new DropConfig(Steps.paths(fields.split(",")));
        assertThat(Steps.apply(CoreTransforms.DROP, config, body)).containsExactly(expected);
    }

    @Test
    void declaresWhatItRemoves() {
        assertThat(CoreTransforms.DROP.fields(new DropConfig(Steps.paths("a", "l[*].a"))))
                .isEqualTo(FieldEffects.removes(Set.of(FieldPath.parse("a"), FieldPath.parse("l[*].a"))));
    }
}
