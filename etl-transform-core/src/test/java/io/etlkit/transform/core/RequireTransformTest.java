package io.etlkit.transform.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.etlkit.api.EtlRecord;
import io.etlkit.api.FieldEffects;
import io.etlkit.api.RejectedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequireTransformTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "a        | {\"a\":1}",
                "a,b      | {\"b\":false,\"a\":\"\"}",
                "a        | {\"a\":{}}",
                "u.id     | {\"u\":{\"id\":1}}",
                "l[*].a   | {\"l\":[{\"a\":1},{\"a\":2}]}",
                "l[*].a   | {\"l\":[]}",
                "l[*]     | {\"l\":[1]}",
            })
    void passes(String fields, String body) {
        EtlRecord record = Steps.record(body);
        assertThat(require(fields).apply(record)).containsExactly(record);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "a        | {}                        | missing_field at a: the field is required and missing",
                "a,b      | {\"a\":\"canary\"}        | missing_field at b: the field is required and missing",
                "a        | {\"a\":null}              | null_field at a: the field is required and null",
                "u.id     | {\"u\":{}}                | missing_field at u.id: the field is required and missing",
                "u.id     | {\"u\":null}              | missing_field at u.id: the field is required and missing",
                "u.id     | {\"u\":\"canary\"}        | missing_field at u.id: the field is required and missing",
                "u.id     | {\"u\":{\"id\":null}}     | null_field at u.id: the field is required and null",
                "l[*].a   | {\"l\":[{\"a\":1},{}]}    | missing_field at l[*].a: the field is required and missing",
                "l[*].a   | {\"l\":[{\"a\":null}]}    | null_field at l[*].a: the field is required and null",
                "l[*].a   | {\"l\":[null]}            | missing_field at l[*].a: the field is required and missing",
                "l[*].a   | {}                        | missing_field at l[*].a: the field is required and missing",
                "l[*]     | {\"l\":[null]}            | null_field at l[*]: the field is required and null",
                "l[*].a   | {\"l\":\"canary\"}        | not_a_list at l[*].a: the field is required in each element of a"
                        + " list, and what should be the list is text",
            })
    void rejects(String fields, String body, String message) {
        assertThatThrownBy(() -> require(fields).apply(Steps.record(body)))
                .isInstanceOf(RejectedException.class)
                .hasMessage(message);
    }

    @Test
    void changesNoField() {
        assertThat(CoreTransforms.REQUIRE.fields(new RequireConfig(Steps.paths("a"))))
                .isEqualTo(FieldEffects.none());
    }

    private static RequireTransform require(String fields) {
        return new RequireTransform(new RequireConfig(Steps.paths(fields.split(","))));
    }
}
