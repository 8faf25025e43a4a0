package io.etlkit.transform.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.etlkit.api.EtlRecord;
import io.etlkit.api.FieldEffects;
import io.etlkit.api.RejectedException;
import io.etlkit.api.value.FieldPath;
import io.etlkit.api.value.Value;
import io.etlkit.json.JsonWriter;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class CastTransformTest {
    @ParameterizedTest
    @CsvSource(
            delimiterString = " | ",
            quoteCharacter = '`',
            value = {
                "STRING | \"x\" | \"x\"",
                "STRING | 2.50 | \"2.50\"",
                "STRING | 12345678901234567890 | \"12345678901234567890\"",
                "STRING | true | \"true\"",
                "INTEGER | 2 | 2",
                "INTEGER | 2.0 | 2",
                "INTEGER | 1e3 | 1000",
                "INTEGER | \"2\" | 2",
                "INTEGER | \"-0\" | 0",
                "INTEGER | \"2.00\" | 2",
                "INTEGER | \"123456789012345678901234567890\" | 123456789012345678901234567890",
                "NUMBER | 2.50 | 2.50",
                "NUMBER | \"2.50\" | 2.50",
                "NUMBER | \"-1e3\" | -1E+3",
                "NUMBER | \"12345678901234567890.123\" | 12345678901234567890.123",
                "BOOLEAN | false | false",
                "BOOLEAN | \"true\" | true",
                "BOOLEAN | \"FALSE\" | false",
                "BOOLEAN | 1 | true",
                "BOOLEAN | 0.0 | false",
                "TIMESTAMP | \"2024-05-01T10:00:00Z\" | \"2024-05-01T10:00:00Z\"",
                "TIMESTAMP | \"2024-05-01T10:00:00.123456789+02:00\" | \"2024-05-01T08:00:00.123456789Z\"",
                "TIMESTAMP | 1714557600 | \"2024-05-01T10:00:00Z\"",
                "TIMESTAMP | 1714557600.5 | \"2024-05-01T10:00:00.500Z\"",
                "TIMESTAMP | -0.5 | \"1969-12-31T23:59:59.500Z\"",
                "TIMESTAMP | 17145576e2 | \"2024-05-01T10:00:00Z\"",
                "DATE | \"2024-05-01\" | \"2024-05-01\"",
                "DATE | \"2024-05-01T23:30:00-02:00\" | \"2024-05-02\"",
                "DATE | 1714557600 | \"2024-05-01\"",
                "JSON | \"{\\\"a\\\":[1,null]}\" | {\"a\":[1,null]}",
                "JSON | \"1\" | 1",
                "JSON | {\"a\":1} | {\"a\":1}",
                "JSON_TEXT | {\"a\":[1,null]} | \"{\\\"a\\\":[1,null]}\"",
                "JSON_TEXT | \"x\" | \"\\\"x\\\"\"",
                "JSON_TEXT | [] | \"[]\"",
            })
    void casts(CastType type, String value, String expected) {
        assertThat(Steps.apply(CoreTransforms.CAST, config("f", type), "{\"f\":" + value + "}"))
                .containsExactly("{\"f\":" + expected + "}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " | ",
            quoteCharacter = '`',
            value = {
                "STRING | {\"canary\":1} | object | text, a number, a boolean or a timestamp",
                "STRING | [] | list | text, a number, a boolean or a timestamp",
                "INTEGER | 2.5 | number | a whole number",
                "INTEGER | 1e999999999 | number | a whole number",
                "INTEGER | \"2.3.0\" | text | a whole number",
                "INTEGER | \"1e999999999\" | text | a whole number",
                "INTEGER | \" 2\" | text | a whole number",
                "INTEGER | \"+2\" | text | a whole number",
                "INTEGER | \"0x10\" | text | a whole number",
                "INTEGER | \"\" | text | a whole number",
                "INTEGER | true | boolean | a whole number",
                "NUMBER | \"canary\" | text | a number",
                "NUMBER | \"NaN\" | text | a number",
                "NUMBER | \"1,5\" | text | a number",
                "NUMBER | \"01\" | text | a number",
                "BOOLEAN | \"yes\" | text | true or false",
                "BOOLEAN | 2 | number | true or false",
                "TIMESTAMP | \"2024-05-01\" | text | a timestamp with an offset, as 2024-05-01T10:00:00Z, or seconds since"
                        + " 1970",
                "TIMESTAMP | \"2024-05-01T10:00:00\" | text | a timestamp with an offset, as 2024-05-01T10:00:00Z, or seconds"
                        + " since 1970",
                "TIMESTAMP | 1e999999999 | number | a timestamp with an offset, as 2024-05-01T10:00:00Z, or seconds since"
                        + " 1970",
                "TIMESTAMP | 0.0000000001 | number | a timestamp with an offset, as 2024-05-01T10:00:00Z, or seconds since"
                        + " 1970",
                "DATE | \"2024-02-30\" | text | a date as 2024-05-01, or a timestamp",
                "DATE | \"2024-5-1\" | text | a date as 2024-05-01, or a timestamp",
                "JSON | \"{canary\" | text | JSON text",
            })
    void rejects(CastType type, String value, String kind, String described) {
        assertThatThrownBy(() -> cast("f", type).apply(Steps.record("{\"f\":" + value + "}")))
                .isInstanceOf(RejectedException.class)
                .hasMessage("not_castable at f: the field's value, of kind " + kind + ", is not " + described)
                .hasNoCause();
    }

    @ParameterizedTest
    @EnumSource(CastType.class)
    void leavesNullAndMissingAlone(CastType type) {
        assertThat(Steps.apply(CoreTransforms.CAST, config("f", type), "{\"f\":null}"))
                .containsExactly("{\"f\":null}");
        assertThat(Steps.apply(CoreTransforms.CAST, config("f", type), "{\"g\":{}}"))
                .containsExactly("{\"g\":{}}");
        assertThat(Steps.apply(CoreTransforms.CAST, config("g.f", type), "{\"g\":{\"f\":null}}"))
                .containsExactly("{\"g\":{\"f\":null}}");
        assertThat(Steps.apply(CoreTransforms.CAST, config("g.f", type), "{\"g\":1}"))
                .containsExactly("{\"g\":1}");
    }

    @ParameterizedTest
    @EnumSource(
            value = CastType.class,
            names = {"STRING", "TIMESTAMP", "DATE"})
    void takesTimestamps(CastType type) {
        Value timestamp = Value.of(Instant.parse("2024-05-01T10:00:00Z"));
        EtlRecord cast = cast("f", type)
                .apply(Steps.record(Value.of(Map.of("f", timestamp))))
                .get(0);
        assertThat(JsonWriter.write(cast.body()))
                .isEqualTo(type == CastType.DATE ? "{\"f\":\"2024-05-01\"}" : "{\"f\":\"2024-05-01T10:00:00Z\"}");
    }

    @Test
    void castsNestedFieldsAndEveryElement() {
        Map<String, CastType> fields = new LinkedHashMap<>();
        fields.put("a", CastType.INTEGER);
        fields.put("u.age", CastType.INTEGER);
        fields.put("l[*].n", CastType.STRING);
        assertThat(Steps.apply(
                        CoreTransforms.CAST,
                        new CastConfig(fields),
                        "{\"a\":\"1\",\"u\":{\"age\":\"2\"},\"l\":[{\"n\":3},{\"n\":null},{}]}"))
                .containsExactly("{\"a\":1,\"u\":{\"age\":2},\"l\":[{\"n\":\"3\"},{\"n\":null},{}]}");
    }

    @Test
    void namesTheFieldOfAnElementAtFault() {
        assertThatThrownBy(() -> cast("l[*].n", CastType.INTEGER).apply(Steps.record("{\"l\":[{\"n\":\"x\"}]}")))
                .hasMessage("not_castable at l[*].n: the field's value, of kind text, is not a whole number");
    }

    @Test
    void declaresThatAFieldIsMadeOfItself() {
        FieldPath field = FieldPath.parse("f");
        assertThat(CoreTransforms.CAST.fields(config("f", CastType.JSON_TEXT)))
                .isEqualTo(FieldEffects.writes(Map.of(field, Set.of(field))));
    }

    private static CastTransform cast(String field, CastType type) {
        return new CastTransform(config(field, type));
    }

    private static CastConfig config(String field, CastType type) {
        return new CastConfig(Map.of(field, type));
    }
}
