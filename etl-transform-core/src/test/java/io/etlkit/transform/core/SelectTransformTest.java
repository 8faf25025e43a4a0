package io.etlkit.transform.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.etlkit.api.FieldEffects;
import io.etlkit.api.RejectedException;
import io.etlkit.api.value.FieldPath;
import io.etlkit.api.value.Value;
import java.util.LinkedHashSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SelectTransformTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                // fields          | body                                        | expected
                "b,a               | {\"a\":1,\"x\":0,\"b\":2}                   | {\"b\":2,\"a\":1}",
                "a,b               | {\"a\":null}                                | {\"a\":null}",
                "a                 | {}                                          | {}",
                "u.id,u.n          | {\"u\":{\"n\":2,\"x\":0,\"id\":1}}          | {\"u\":{\"id\":1,\"n\":2}}",
                "u.id,a,u.n        | {\"a\":0,\"u\":{\"n\":2,\"id\":1}}          | {\"u\":{\"id\":1,\"n\":2},\"a\":0}",
                "u.id              | {\"u\":{\"x\":0}}                           | {}",
                "u.id              | {\"u\":null}                                | {}",
                "u.id              | {\"u\":5}                                   | {}",
                "u,u.id            | {\"u\":{\"x\":0}}                           | {\"u\":{\"x\":0}}",
                "l[*].a            | {\"l\":[{\"a\":1,\"b\":2},{\"a\":null}]}    | {\"l\":[{\"a\":1},{\"a\":null}]}",
                "l[*].a,l[*].b     | {\"l\":[{\"c\":0,\"b\":2,\"a\":1}]}         | {\"l\":[{\"a\":1,\"b\":2}]}",
                "l[*].a            | {\"l\":[{\"b\":2},5,null]}                  | {\"l\":[]}",
                "l[*].a            | {\"l\":[]}                                  | {\"l\":[]}",
                "l[*].a            | {\"l\":{\"a\":1}}                           | {}",
                "l[*][*].a         | {\"l\":[[{\"a\":1,\"b\":2}],[]]}            | {\"l\":[[{\"a\":1}],[]]}",
                "l[*]              | {\"l\":[1,null]}                            | {\"l\":[1,null]}",
                "[\"a.b\"]         | {\"a.b\":1,\"a\":{\"b\":2}}                 | {\"a.b\":1}",
            })
    void keeps(String fields, String body, String expected) {
        SelectConfig config = new SelectConfig(Steps.paths(fields.split(",")));
        assertThat(Steps.apply(CoreTransforms.SELECT, config, body)).containsExactly(expected);
    }

    @Test
    void rejectsABodyThatIsNoObject() {
        SelectTransform select = new SelectTransform(new SelectConfig(Steps.paths("a")));
        assertThatThrownBy(() -> select.apply(Steps.record(Value.of("canary"))))
                .isInstanceOf(RejectedException.class)
                .hasMessage("not_an_object: the body has to be an object, and is text");
    }

    @Test
    void declaresWhatRemains() {
        SelectConfig config = new SelectConfig(Steps.paths("b", "a.c"));
        assertThat(CoreTransforms.SELECT.fields(config))
                .isEqualTo(
                        FieldEffects.only(new LinkedHashSet<>(List.of(FieldPath.parse("b"), FieldPath.parse("a.c")))));
    }

    @Test
    void refusesNoFieldsAndFieldsNamedTwice() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SelectConfig(List.of()))
                .withMessage("fields: name at least one field");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SelectConfig(Steps.paths("a", "[\"a\"]")))
                .withMessage("fields: \"a\" is named twice");
    }
}
