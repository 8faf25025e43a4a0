package io.etlkit.sink.postgres.internal.schema;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TypeNameTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "varchar(32)                    | character varying(32)          | character varying",
                "VARCHAR ( 32 )                 | character varying(32)          | character varying",
                "character varying(32)          | character varying(32)          | character varying",
                "varchar                        | character varying              | character varying",
                "char                           | character(1)                   | bpchar",
                "character(8)                   | character(8)                   | bpchar",
                "text                           | text                           | text",
                "int                            | integer                        | integer",
                "int8                           | bigint                         | bigint",
                "smallint                       | smallint                       | smallint",
                "numeric                        | numeric                        | numeric",
                "numeric(10)                    | numeric(10,0)                  | numeric",
                "decimal(10, 2)                 | numeric(10,2)                  | numeric",
                "bool                           | boolean                        | boolean",
                "float8                         | double precision               | double precision",
                "double precision               | double precision               | double precision",
                "timestamptz                    | timestamp with time zone       | timestamp with time zone",
                "timestamp                      | timestamp without time zone    | timestamp without time zone",
                "timestamp(3) with time zone    | timestamp(3) with time zone    | timestamp with time zone",
                "timestamp with time zone       | timestamp with time zone       | timestamp with time zone",
                "timestamptz(3)                 | timestamp(3) with time zone    | timestamp with time zone",
                "time                           | time without time zone         | time without time zone",
                "text[]                         | text[]                         | text[]",
                "varchar(8)[][]                 | character varying(8)[]         | character varying[]",
                "jsonb                          | jsonb                          | jsonb",
                "app.mood                       | app.mood                       | app.mood",
            })
    void spellsTypesAsTheCatalogDoes(String written, String canonical, String withoutModifier) {
        assertThat(TypeName.isValid(written)).isTrue();
        assertThat(TypeName.parse(written).canonical()).isEqualTo(canonical);
        assertThat(TypeName.parse(written).withoutModifier()).isEqualTo(withoutModifier);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "varchar(", "varchar(x)", "text; DROP TABLE t", "text default 1", "int)", "\"text\""})
    void refusesWhatIsNotAType(String written) {
        assertThat(TypeName.isValid(written)).isFalse();
    }
}
