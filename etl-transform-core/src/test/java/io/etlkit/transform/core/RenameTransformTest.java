package io.etlkit.transform.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.etlkit.api.FieldEffects;
import io.etlkit.api.RejectedException;
import io.etlkit.api.value.FieldPath;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RenameTransformTest {
    @ParameterizedTest
    @CsvSource(
            delimiterString = " | ",
            quoteCharacter = '`',
            value = {
                "a=b | {\"a\":1,\"c\":2} | {\"c\":2,\"b\":1}",
                "a=b | {\"a\":null} | {\"b\":null}",
                "a=b | {\"c\":2} | {\"c\":2}",
                "a=b | {\"b\":2} | {\"b\":2}",
                "a=b,b=a | {\"a\":1,\"b\":2} | {\"b\":1,\"a\":2}",
                "a=b,b=c | {\"a\":1,\"b\":2} | {\"b\":1,\"c\":2}",
                "a=a | {\"a\":1} | {\"a\":1}",
                "u.id=id | {\"u\":{\"id\":1,\"n\":2}} | {\"u\":{\"n\":2},\"id\":1}",
                "u.id=id | {\"u\":{}} | {\"u\":{}}",
                "u.id=id | {\"u\":5} | {\"u\":5}",
                "id=u.id | {\"id\":1} | {\"u\":{\"id\":1}}",
                "id=u.id | {\"id\":1,\"u\":{\"n\":2}} | {\"u\":{\"n\":2,\"id\":1}}",
                "u.a=u.b,u.b=u.a | {\"u\":{\"a\":1,\"b\":2}} | {\"u\":{\"b\":1,\"a\":2}}",
            })
    void renames(String fields, String body, String expected) {
        assertThat(Steps.apply(CoreTransforms.RENAME, config(fields), body)).containsExactly(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " | ",
            quoteCharacter = '`',
            value = {
                "a=b | {\"a\":\"canary\",\"b\":2} | name_collision at b: a field is to be renamed to this name, and the"
                        + " record has one already",
                "a=b | {\"a\":1,\"b\":null} | name_collision at b: a field is to be renamed to this name, and the record has"
                        + " one already",
                "a=u.b | {\"a\":1,\"u\":{\"b\":\"canary\"}} | name_collision at u.b: a field is to be renamed to this name,"
                        + " and the record has one already",
                "a=u.b | {\"a\":1,\"u\":\"canary\"} | not_an_object at u.b: the field can not be written, for what should"
                        + " hold it is no object",
            })
    void rejects(String fields, String body, String message) {
        assertThatThrownBy(() -> rename(fields).apply(Steps.record(body)))
                .isInstanceOf(RejectedException.class)
                .hasMessage(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " | ",
            quoteCharacter = '`',
            value = {
                "a=c,b=c | fields: two fields are renamed to \"c\"",
                "l[*].a=b | fields: \"l[*].a\" names no single field; [*] is not possible here",
                "a=l[*].b | fields: \"l[*].b\" names no single field; [*] is not possible here",
                "a.=b | fields: not a field's path: \"a.\", at character 3: expected a field's name",
            })
    void refuses(String fields, String message) {
        assertThatIllegalArgumentException().isThrownBy(() -> config(fields)).withMessage(message);
    }

    @Test
    void declaresWhatItMoves() {
        FieldPath old = FieldPath.parse("u.id");
        assertThat(CoreTransforms.RENAME.fields(config("u.id=id")))
                .isEqualTo(FieldEffects.moves(Set.of(old), Map.of(FieldPath.parse("id"), Set.of(old))));
    }

    private static RenameTransform rename(String fields) {
        return new RenameTransform(config(fields));
    }

    private static RenameConfig config(String fields) {
        Map<String, FieldPath> names = new LinkedHashMap<>();
        for (String field : fields.split(",", -1)) {
            int equals = field.indexOf('=');
            names.put(field.substring(0, equals), FieldPath.parse(field.substring(equals + 1)));
        }
        return new RenameConfig(names);
    }
}
