package io.etlkit.runner;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The schema takes what the binder takes, and refuses what a schema can refuse. */
class PipelineSchemaTest {
    private static final String BASE = """
            name: logins
            source: { memory: { queue: q } }
            sink: { memory: { table: t } }
            """;

    private final Schema schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(Etl.run("plugins", "--format", "schema").out(), InputFormat.JSON);

    @Test
    void takesTheExample() throws IOException {
        assertThat(errors(Files.readString(Path.of("../examples/user-logins/pipeline.yaml"))))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "lanes: 4",
                "lanes: ${env:LANES:1}",
                "onReject: dead-letter",
                "onReject: deadLetter",
                "batch: { maxWait: 1.5s }",
                "transforms: [{ flatten: }, { require: { fields: [a] }, when: true, label: x }]",
                "transforms: [{ cast: { age: integer } }, { cast: { fields: { age: integer } } }]",
                "transforms: [{ set: { a: { b: [1, null] } } }]",
                "deadLetter: { original: omit, memory: { table: t } }",
                "pii: [ip]"
            })
    void takesWhatAFileMaySay(String yaml) {
        assertThat(errors(BASE + yaml)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "lanes: 0",
                "lanes: many",
                "lanse: 4",
                "onReject: nowhere",
                "batch: { maxWait: 50 }",
                "batch: { maxRecords: 100001 }",
                "transforms: { flatten: {} }",
                "transforms: [{ selct: { fields: [a] } }]",
                "transforms: [{ select: { fields: [a] }, drop: { fields: [b] } }]",
                "transforms: [{ require: { field: [a] } }]",
                "transforms: [{ label: x }]",
                "deadLetter: { memory: { } }"
            })
    void refusesWhatTheBinderRefuses(String yaml) {
        assertThat(errors(BASE + yaml)).isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "queue: q|true",
                "topic: q|true",
                "queue: q, pollSize: 1000|true",
                "queue: q, pollSize: 1001|false",
                "queue: q, topic: q|false",
                "messages: []|false"
            })
    void honoursAliasesAndLimits(String options, boolean valid) {
        assertThat(errors(BASE.replace("queue: q", options)).isEmpty()).isEqualTo(valid);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"empty", "everything-at-once", "given-twice", "list", "missing-blocks", "refused-by-a-check"})
    void refusesBrokenFiles(String name) throws IOException {
        assertThat(errors(Files.readString(Path.of("src/test/resources/bad/" + name + ".yaml"))))
                .isNotEmpty();
    }

    @Test
    void marksDeprecatedOptions() {
        assertThat(Etl.run("plugins", "--format", "schema").out())
                .contains("\"deprecated\":true")
                .contains("Deprecated; use batch.maxRecords.");
    }

    private List<?> errors(String yaml) {
        return schema.validate(yaml, InputFormat.YAML);
    }
}
