package io.etlkit.api.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.etlkit.api.value.Value.Kind;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ValueTest {
    @Test
    void kindsHaveLabels() {
        assertThat(List.of(
                        Value.ofNull(),
                        Value.of(true),
                        Value.of(1),
                        Value.of("x"),
                        Value.of(Instant.EPOCH),
                        Value.of(new byte[0]),
                        Value.of(List.of()),
                        ObjectValue.empty()))
                .extracting(Value::kind)
                .containsExactly(Kind.values());
        assertThat(List.of(Kind.values()))
                .extracting(Kind::label)
                .containsExactly("null", "boolean", "number", "text", "timestamp", "bytes", "list", "object");
    }

    @Test
    void numbersAreEqualWhenTheyAreWorthTheSame() {
        Value one = Value.of(1);
        for (String spelling : List.of("1", "1.0", "1.00", "1e0", "10e-1")) {
            assertThat(Value.of(new BigDecimal(spelling))).isEqualTo(one).hasSameHashCodeAs(one);
        }
        assertThat(Value.of(new BigDecimal("0.00"))).isEqualTo(Value.of(0)).hasSameHashCodeAs(Value.of(0));
        assertThat(Value.of(new BigDecimal("1.01"))).isNotEqualTo(one);
        assertThat(Value.of(new BigDecimal("1e999999999"))).isNotEqualTo(one);
    }

    @Test
    void bytesAreCopiedInAndOut() {
        byte[] bytes = {1, 2};
        BytesValue value = (BytesValue) Value.of(bytes);
        bytes[0] = 9;
        value.value()[1] = 9;
        assertThat(value.value()).containsExactly(1, 2);
        assertThat(value).isEqualTo(Value.of(new byte[] {1, 2})).hasSameHashCodeAs(Value.of(new byte[] {1, 2}));
        assertThat(value).isNotEqualTo(Value.of(new byte[] {1}));
    }

    @Test
    void listsAreCopiedAndUnmodifiable() {
        List<Value> elements = new ArrayList<>(List.of(Value.of(1)));
        ListValue list = (ListValue) Value.of(elements);
        elements.add(Value.of(2));
        assertThat(list.values()).containsExactly(Value.of(1));
        assertThatThrownBy(() -> list.values().add(Value.of(2))).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void objectsKeepTheOrderAndAreEqualWithoutIt() {
        ObjectValue one = ObjectValue.builder()
                .put("b", Value.of(1))
                .put("a", Value.of(2))
                .build();
        ObjectValue other = ObjectValue.builder()
                .put("a", Value.of(2))
                .put("b", Value.of(1))
                .build();
        assertThat(one.names()).containsExactly("b", "a");
        assertThat(other.names()).containsExactly("a", "b");
        assertThat(one).isEqualTo(other).hasSameHashCodeAs(other);
        assertThat(one).isNotEqualTo(one.with("a", Value.of(3)));
    }

    @Test
    void objectsAreCopiedAndUnmodifiable() {
        Map<String, Value> fields = new LinkedHashMap<>(Map.of("a", Value.of(1)));
        ObjectValue object = Value.of(fields);
        fields.put("b", Value.of(2));
        assertThat(object.names()).containsExactly("a");
        assertThatThrownBy(() -> object.fields().put("c", Value.of(1)))
                .isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> object.names().remove("a")).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void aFieldThatIsSetAgainKeepsItsPlaceAndANewOneGoesLast() {
        ObjectValue object = ObjectValue.builder()
                .put("a", Value.of(1))
                .put("b", Value.of(2))
                .build();
        assertThat(object.with("a", Value.of(3)).names()).containsExactly("a", "b");
        assertThat(object.with("c", Value.of(3)).names()).containsExactly("a", "b", "c");
        assertThat(object.without("a").names()).containsExactly("b");
        assertThat(object.without("x")).isSameAs(object);
        assertThat(object.names()).as("the original").containsExactly("a", "b");
    }

    @Test
    void nullIsThereAndMissingIsNot() {
        ObjectValue object = ObjectValue.of(Map.of("a", Value.ofNull()));
        assertThat(object.has("a")).isTrue();
        assertThat(object.get("a")).contains(NullValue.INSTANCE);
        assertThat(object.has("b")).isFalse();
        assertThat(object.get("b")).isEmpty();
        assertThat(Value.ofNull().isNull()).isTrue();
        assertThat(Value.of("").isNull()).isFalse();
    }

    @Test
    void aBuilderIsUsedOnce() {
        ObjectValue.Builder builder = ObjectValue.builder().put("a", Value.of(1));
        ObjectValue built = builder.build();
        assertThatIllegalStateException()
                .isThrownBy(() -> builder.put("b", Value.of(2)))
                .withMessage("the builder was already built");
        assertThat(built.names()).containsExactly("a");
    }
}
