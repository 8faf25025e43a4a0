package io.etlkit.api.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FieldPathTest {
    private static final ObjectValue BODY = ObjectValue.of(Map.of(
            "ip", Value.of("a"),
            "nothing", Value.ofNull(),
            "device",
                    ObjectValue.builder()
                            .put("id", Value.of(1))
                            .put("os", Value.of("x"))
                            .build(),
            "sessions",
                    Value.of(List.of(
                            Value.of(Map.of("ip", Value.of("b"))),
                            Value.of(5),
                            Value.of(Map.of("ip", Value.ofNull())),
                            ObjectValue.empty())),
            "odd.name", Value.of("odd")));

    @ParameterizedTest
    @CsvSource(
            delimiterString = " | ",
            quoteCharacter = '`',
            value = {
                "ip | ip",
                "device.id | device.id",
                "sessions[*].ip | sessions[*].ip",
                "a[*][*] | a[*][*]",
                "[\"ip\"] | ip",
                "a[\"b\"].c | a.b.c",
                "[\"odd.name\"] | [\"odd.name\"]",
                "a[\"x y\"][*] | a[\"x y\"][*]",
                "[\"quote\\\"back\\\\slash\"] | [\"quote\\\"back\\\\slash\"]",
                "[\"\"] | [\"\"]",
                "user-id | user-id",
                "größe | größe",
                "*.a | *.a",
            })
    void isReadAndWrittenInItsCanonicalSpelling(String text, String canonical) {
        FieldPath path = FieldPath.parse(text);
        assertThat(path).hasToString(canonical).isEqualTo(FieldPath.parse(canonical));
        assertThat(path).hasSameHashCodeAs(FieldPath.parse(canonical));
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " | ",
            quoteCharacter = '`',
            value = {
                "a. | not a field's path: \"a.\", at character 3: expected a field's name",
                ".a | not a field's path: \".a\", at character 1: expected a field's name",
                "a..b | not a field's path: \"a..b\", at character 3: expected a field's name",
                "a b | not a field's path: \"a b\", at character 2: expected '.', '[*]' or '[\"'",
                "a[0] | not a field's path: \"a[0]\", at character 2: expected '.', '[*]' or '[\"'",
                "a[*]b | not a field's path: \"a[*]b\", at character 5: expected '.', '[*]' or '[\"'",
                "[*] | not a field's path: \"[*]\", at character 1: a path starts with a field's name, not with [*]",
                "[\"a | not a field's path: \"[\"a\", at character 4: expected '\"]'",
                "[\"a\"x | not a field's path: \"[\"a\"x\", at character 4: expected '\"]'",
            })
    void saysWhatIsWrongAndWhere(String text, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FieldPath.parse(text))
                .withMessage(message);
    }

    @Test
    void isNotEmpty() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FieldPath.parse(""))
                .withMessage("a field's path must not be empty");
    }

    @Test
    void ofNameTakesAnyName() {
        assertThat(FieldPath.ofName("odd.name").find(BODY)).contains(Value.of("odd"));
        assertThat(FieldPath.ofName("[*]").hasWildcard()).isFalse();
        assertThat(FieldPath.ofName("[*]")).isNotEqualTo(FieldPath.parse("a[*]"));
        assertThat(FieldPath.parse(FieldPath.ofName("[*]").toString())).isEqualTo(FieldPath.ofName("[*]"));
    }

    @Test
    void tellsItsShape() {
        FieldPath path = FieldPath.parse("sessions[*].ip");
        assertThat(path.root()).isEqualTo("sessions");
        assertThat(path.isTopLevel()).isFalse();
        assertThat(path.hasWildcard()).isTrue();
        assertThat(path.segments()).extracting(FieldPath.Segment::isWildcard).containsExactly(false, true, false);
        assertThat(path.segments().get(2).name()).isEqualTo("ip");
        assertThatIllegalStateException()
                .isThrownBy(() -> path.segments().get(1).name());
        assertThat(FieldPath.parse("ip").isTopLevel()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "a, a, true",
        "a, a.b, true",
        "a, a[*].b, true",
        "a[*], a[*].b, true",
        "a.b, a, false",
        "a, ab, false",
        "a[*], a, false",
    })
    void coversWhatLiesInside(String path, String other, boolean covers) {
        assertThat(FieldPath.parse(path).covers(FieldPath.parse(other))).isEqualTo(covers);
    }

    @Test
    void selectsEveryMatchNullsIncluded() {
        assertThat(FieldPath.parse("sessions[*].ip").select(BODY)).containsExactly(Value.of("b"), Value.ofNull());
        assertThat(FieldPath.parse("nothing").select(BODY)).containsExactly(Value.ofNull());
        assertThat(FieldPath.parse("sessions[*]").select(BODY)).hasSize(4);
    }

    @ParameterizedTest
    @CsvSource({"missing", "missing.id", "ip.id", "nothing.id", "device[*]", "sessions.ip", "device.id[*]"})
    void matchesNothingWhereSomethingElseIs(String text) {
        FieldPath path = FieldPath.parse(text);
        assertThat(path.select(BODY)).isEmpty();
        assertThat(path.find(BODY)).isEmpty();
        assertThat(path.replace(BODY, value -> Value.of("never"))).isEqualTo(BODY);
        assertThat(path.remove(BODY)).isEqualTo(BODY);
    }

    @Test
    void findsTheFirstMatch() {
        assertThat(FieldPath.parse("sessions[*].ip").find(BODY)).contains(Value.of("b"));
        assertThat(FieldPath.parse("device.id").find(BODY)).contains(Value.of(1));
        assertThat(FieldPath.parse("ip").find(Value.of("text"))).isEmpty();
    }

    @Test
    void replacesEveryMatchAndLeavesTheRest() {
        FieldPath path = FieldPath.parse("sessions[*].ip");
        Value replaced = path.replace(BODY, value -> Value.of(value.isNull()));
        assertThat(path.select(replaced)).containsExactly(Value.of(false), Value.of(true));
        assertThat(FieldPath.parse("sessions[*]").select(replaced)).contains(Value.of(5), ObjectValue.empty());
        assertThat(FieldPath.parse("ip").find(replaced)).contains(Value.of("a"));
        assertThat(path.select(BODY)).as("the original").containsExactly(Value.of("b"), Value.ofNull());
    }

    @Test
    void removesFieldsAndElements() {
        Value without = FieldPath.parse("device.id").remove(BODY);
        assertThat(FieldPath.parse("device").find(without)).contains(Value.of(Map.of("os", Value.of("x"))));
        Value emptied = FieldPath.parse("sessions[*]").remove(BODY);
        assertThat(FieldPath.parse("sessions").find(emptied)).contains(Value.of(List.of()));
        assertThat(FieldPath.parse("device.id").find(BODY)).as("the original").isPresent();
    }

    @Test
    void setsAndMakesTheObjectsOnTheWay() {
        FieldPath path = FieldPath.parse("a.b.c");
        ObjectValue set = path.set(ObjectValue.empty(), Value.of(1)).orElseThrow();
        assertThat(path.find(set)).contains(Value.of(1));
        assertThat(FieldPath.parse("device.id").set(BODY, Value.of(2)).flatMap(FieldPath.parse("device.os")::find))
                .as("what else is there stays")
                .contains(Value.of("x"));
    }

    @ParameterizedTest
    @CsvSource({"ip.x", "nothing.x", "sessions.x", "device.id.x"})
    void doesNotSetInsideWhatIsNoObject(String text) {
        assertThat(FieldPath.parse(text).set(BODY, Value.of(1))).isEmpty();
    }

    @Test
    void setsNoWildcard() {
        assertThatIllegalStateException()
                .isThrownBy(() -> FieldPath.parse("a[*].b").set(BODY, Value.of(1)))
                .withMessage("a path with [*] names no single place: a[*].b");
    }
}
