package io.etlkit.sink.postgres.internal.column;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.etlkit.api.value.Value;
import io.etlkit.json.JsonReader;
import io.etlkit.sink.postgres.internal.schema.CatalogColumn;
import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ColumnConversionTest {
    private static final String LONG_NUMBER = "99999999999999999999999999999999";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "varchar     |  9 | \"ab\\u0000c\"       | nul_character",
                "text        | -1 | \"\\ud800x\"         | lone_surrogate",
                "text        | -1 | \"x\\udc00\"         | lone_surrogate",
                "varchar     |  9 | \"abcdef\"           | too_long",
                "bpchar      |  9 | \"abcdef\"           | too_long",
                "text        | -1 | 12                   | wrong_type",
                "text        | -1 | {}                   | wrong_type",
                "int4        | -1 | 2147483648           | out_of_range",
                "int4        | -1 | 1e999999999          | out_of_range",
                "int2        | -1 | 32768                | out_of_range",
                "int8        | -1 | 9223372036854775808  | out_of_range",
                "int4        | -1 | 1.5                  | not_an_integer",
                "int4        | -1 | \"1\"                | wrong_type",
                "numeric     | -1 | 1e999999999          | out_of_range",
                "numeric     | -1 | 1e-999999999         | out_of_range",
                "numeric     | -1 | \"1\"                | wrong_type",
                "float8      | -1 | 1e400                | out_of_range",
                "float4      | -1 | 1e40                 | out_of_range",
                "bool        | -1 | \"true\"             | wrong_type",
                "bytea       | -1 | \"00\"               | wrong_type",
                "date        | -1 | \"2026-02-30\"       | not_a_date",
                "date        | -1 | \"2026-2-3\"         | not_a_date",
                "date        | -1 | \"2026-02-03T00:00\" | not_a_date",
                "date        | -1 | \"0000-01-01\"       | out_of_range",
                "date        | -1 | 5                    | wrong_type",
                "timestamptz | -1 | \"yesterday\"        | not_a_timestamp",
                "timestamptz | -1 | 5                    | wrong_type",
                "uuid        | -1 | \"no-uuid\"          | not_a_uuid",
                "uuid        | -1 | 5                    | wrong_type",
                "jsonb       | -1 | {\"a\":[\"\\u0000\"]} | nul_character",
                "jsonb       | -1 | {\"a\":\"\\ud800\"}   | lone_surrogate",
                "jsonb       | -1 | [1e999999999]        | out_of_range",
                "inet        | -1 | [1]                  | wrong_type",
                "inet        | -1 | \"a\\u0000\"         | nul_character",
            })
    void refusesByName(String type, int modifier, String json, String reason) {
        RefusedValueException refusal = catchThrowableOfType(
                RefusedValueException.class, () -> column(type, modifier, false).convert(JsonReader.read(json)));

        assertThat(refusal.rejection().reason()).isEqualTo(reason);
        assertThat(refusal.rejection().field()).hasToString("Optional[c]");
        assertThat(refusal.getStackTrace()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "varchar     |  9 | \"abcde\"                        | abcde",
                "varchar     |  6 | \"\\ud83d\\ude00\\ud83d\\ude00\" | 😀😀",
                "int4        | -1 | 2147483647                       | 2147483647",
                "int4        | -1 | 1.50e1                           | 15",
                "int2        | -1 | -32768                           | -32768",
                "int8        | -1 | -9223372036854775808             | -9223372036854775808",
                "int8        | -1 | 0e999999999                      | 0",
                "float8      | -1 | 0.1                              | 0.1",
                "bool        | -1 | true                             | true",
                "date        | -1 | \"1970-01-02\"                   | 1",
                "date        | -1 | \"1969-12-31\"                   | -1",
                "timestamptz | -1 | \"2026-01-02T03:04:05+01:00\"    | 2026-01-02T02:04:05Z",
                "timestamp   | -1 | \"2026-01-02 03:04:05.1234567\"  | 2026-01-02T03:04:05.123456Z",
                "jsonb       | -1 | {\"a\":1.10}                     | {\"a\":1.10}",
                "json        | -1 | \"x\"                            | \"x\"",
                "inet        | -1 | \"10.0.0.1\"                     | 10.0.0.1",
            })
    void convertsExactly(String type, int modifier, String json, String element) throws RefusedValueException {
        assertThat(String.valueOf(column(type, modifier, false).convert(JsonReader.read(json))))
                .isEqualTo(element);
    }

    @Test
    void holdsNumericToItsPrecisionAsPostgresRounds() throws RefusedValueException {
        int numeric52 = (5 << 16 | 2) + 4;

        assertThat(convert("numeric", numeric52, Value.of(new BigDecimal("999.99"))))
                .isEqualTo("999.99");
        assertThat(convert("numeric", numeric52, Value.of(new BigDecimal("999.994"))))
                .isEqualTo("999.994");
        assertThat(catchThrowableOfType(
                                RefusedValueException.class,
                                () -> convert("numeric", numeric52, Value.of(new BigDecimal("999.995"))))
                        .rejection()
                        .reason())
                .isEqualTo("out_of_range");
    }

    @Test
    void takesTimestampsForDatesTimesAndText() throws RefusedValueException {
        Value timestamp = Value.of(Instant.parse("1970-01-03T23:59:59.5Z"));

        assertThat(convert("date", -1, timestamp)).isEqualTo(2);
        assertThat(convert("timestamptz", -1, timestamp)).isEqualTo("1970-01-03T23:59:59.500Z");
        assertThat(convert("text", -1, timestamp)).isEqualTo("1970-01-03T23:59:59.500Z");
        assertThat(catchThrowableOfType(RefusedValueException.class, () -> convert("date", -1, Value.of(Instant.MAX)))
                        .rejection()
                        .reason())
                .isEqualTo("out_of_range");
    }

    @Test
    void refusesNullOnlyWhereTheColumnDoes() throws RefusedValueException {
        assertThat(column("text", -1, false).convert(Value.ofNull())).isNull();
        assertThat(column("text", -1, false).convert(null)).isNull();
        assertThat(catchThrowableOfType(
                                RefusedValueException.class,
                                () -> column("text", -1, true).convert(null))
                        .rejection()
                        .reason())
                .isEqualTo("null_not_allowed");
    }

    @Test
    void doesNotShowTheValue() {
        RefusedValueException refusal = catchThrowableOfType(
                RefusedValueException.class, () -> convert("int4", -1, Value.of(new BigDecimal(LONG_NUMBER))));

        assertThat(refusal.rejection().toString()).doesNotContain(LONG_NUMBER);
    }

    private static @Nullable Object convert(String type, int modifier, Value value) throws RefusedValueException {
        return column(type, modifier, false).convert(value);
    }

    private static TargetColumn column(String type, int modifier, boolean notNull) {
        return TargetColumn.of(new CatalogColumn("c", type, type, type, modifier, notNull, false, false, false, ""));
    }
}
