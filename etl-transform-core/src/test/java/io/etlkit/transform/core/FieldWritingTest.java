package io.etlkit.transform.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.etlkit.api.FieldEffects;
import io.etlkit.api.RejectedException;
import io.etlkit.api.config.Expression;
import io.etlkit.api.value.FieldPath;
import io.etlkit.api.value.ObjectValue;
import io.etlkit.api.value.Value;
import io.etlkit.json.JsonReader;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code set} and {@code compute}. */
class FieldWritingTest {
    @ParameterizedTest
    @CsvSource(
            delimiterString = " | ",
            quoteCharacter = '`',
            value = {
                "{\"a\":1} | {} | {\"a\":1}",
                "{\"a\":1} | {\"a\":2,\"b\":3} | {\"a\":1,\"b\":3}",
                "{\"a\":null,\"b\":[{}]} | {\"c\":0} | {\"c\":0,\"a\":null,\"b\":[{}]}",
                "{\"u.id\":1} | {} | {\"u\":{\"id\":1}}",
                "{\"u.id\":1,\"u.n\":2} | {\"u\":{\"x\":0}} | {\"u\":{\"x\":0,\"id\":1,\"n\":2}}",
                "{\"u\":{},\"u.n\":2} | {\"u\":{\"x\":0}} | {\"u\":{\"n\":2}}",
                "{\"[\\\"u.n\\\"]\":2} | {} | {\"u.n\":2}",
            })
    void sets(String fields, String body, String expected) {
        SetConfig config = new SetConfig(((ObjectValue) JsonReader.read(fields)).fields());
        assertThat(Steps.apply(CoreTransforms.SET, config, body)).containsExactly(expected);
    }

    @Test
    void computesFromTheRecordAsItCame() {
        ComputeConfig swap =
                new ComputeConfig(Map.of("a", FakeExpression.ofField("b"), "b", FakeExpression.ofField("a")));
        assertThat(Steps.apply(CoreTransforms.COMPUTE, swap, "{\"a\":1,\"b\":2}"))
                .containsExactly("{\"a\":2,\"b\":1}");
    }

    @Test
    void computesNestedFields() {
        ComputeConfig compute = new ComputeConfig(Map.of("u.copy", FakeExpression.ofField("a")));
        assertThat(Steps.apply(CoreTransforms.COMPUTE, compute, "{\"a\":1}"))
                .containsExactly("{\"a\":1,\"u\":{\"copy\":1}}");
        assertThat(Steps.apply(CoreTransforms.COMPUTE, compute, "{\"a\":null,\"u\":{}}"))
                .containsExactly("{\"a\":null,\"u\":{\"copy\":null}}");
    }

    @Test
    void rejectsAFieldInsideSomethingThatIsNoObject() {
        assertThatThrownBy(() -> compute(Map.of("u.copy", FakeExpression.ofField("a")))
                        .apply(Steps.record("{\"a\":1,\"u\":\"canary\"}")))
                .isInstanceOf(RejectedException.class)
                .hasMessage(
                        "not_an_object at u.copy: the field can not be written, for what should hold it is no object");
        assertThatThrownBy(() ->
                        new SetTransform(new SetConfig(Map.of("u.n", Value.of(1)))).apply(Steps.record("{\"u\":null}")))
                .isInstanceOf(RejectedException.class)
                .hasMessageStartingWith("not_an_object at u.n: ");
    }

    @Test
    void passesOnWhatAnExpressionRejects() {
        Expression failing = new FakeExpression("f", Set.of(), false, record -> {
            throw new RejectedException("expression_failed", "it failed");
        });
        assertThatThrownBy(() -> compute(Map.of("a", failing)).apply(Steps.record("{}")))
                .isInstanceOf(RejectedException.class)
                .hasMessage("expression_failed: it failed");
    }

    @Test
    void aConstantIsMadeOfNothingAndAComputedFieldOfWhatItReads() {
        FieldPath target = FieldPath.parse("t");
        assertThat(CoreTransforms.SET.fields(new SetConfig(Map.of("t", Value.of(1)))))
                .isEqualTo(FieldEffects.writes(Map.of(target, Set.of())));
        assertThat(CoreTransforms.COMPUTE.fields(new ComputeConfig(Map.of("t", FakeExpression.ofField("a.b")))))
                .isEqualTo(FieldEffects.writes(Map.of(target, Set.of(FieldPath.parse("a.b")))));
    }

    @Test
    void anExpressionOverTheWholeBodyMayCarryAnyField() {
        Expression whole = new FakeExpression("body", Set.of(), true, record -> record.body());
        Map<String, Expression> fields = new LinkedHashMap<>();
        fields.put("a", FakeExpression.ofField("b"));
        fields.put("c", whole);
        assertThat(CoreTransforms.COMPUTE.fields(new ComputeConfig(fields)))
                .isEqualTo(FieldEffects.writes(Map.of(
                                FieldPath.parse("a"), Set.of(FieldPath.parse("b")), FieldPath.parse("c"), Set.of()))
                        .withWholeBody(Set.of(FieldPath.parse("c"))));
    }

    @Test
    void refusesNoFieldsTheSameFieldTwiceAndWildcards() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SetConfig(Map.of()))
                .withMessage("fields: name at least one field");
        Map<String, Value> twice = new LinkedHashMap<>();
        twice.put("a", Value.of(1));
        twice.put("[\"a\"]", Value.of(2));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SetConfig(twice))
                .withMessage("fields: \"[\"a\"]\" is named twice");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ComputeConfig(Map.of("l[*].a", FakeExpression.ofField("b"))))
                .withMessage("fields: \"l[*].a\" names no single field; [*] is not possible here");
    }

    private static ComputeTransform compute(Map<String, Expression> fields) {
        return new ComputeTransform(new ComputeConfig(fields));
    }
}
