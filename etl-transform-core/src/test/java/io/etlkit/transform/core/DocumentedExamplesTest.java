package io.etlkit.transform.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.etlkit.api.RejectedException;
import io.etlkit.api.Transform;
import io.etlkit.api.config.Expression;
import io.etlkit.api.value.FieldPath;
import io.etlkit.api.value.Value;
import io.etlkit.json.JsonReader;
import io.etlkit.json.JsonWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The examples of {@code docs/transforms.md}: each step as it is written there, and what it does to the body there. */
class DocumentedExamplesTest {
    private static final Path PAGE = Path.of("..", "docs", "transforms.md");

    static Stream<Example> examples() {
        return Stream.of(
                new Example(
                        "require: { fields: [user_id, \"sessions[*].ip\"] }",
                        new RequireTransform(new RequireConfig(Steps.paths("user_id", "sessions[*].ip")))),
                new Example(
                        "require: { fields: [user_id, device_id] }",
                        new RequireTransform(new RequireConfig(Steps.paths("user_id", "device_id")))),
                new Example(
                        "select: { fields: [user_id, device.type, \"sessions[*].start\"] }",
                        new SelectTransform(
                                new SelectConfig(Steps.paths("user_id", "device.type", "sessions[*].start")))),
                new Example(
                        "drop: { fields: [debug, \"sessions[*].ip\"] }",
                        new DropTransform(new DropConfig(Steps.paths("debug", "sessions[*].ip")))),
                new Example(
                        "rename: { fields: { userId: user_id, device.type: device_type } }",
                        new RenameTransform(new RenameConfig(ordered(
                                "userId", FieldPath.parse("user_id"), "device.type", FieldPath.parse("device_type"))))),
                new Example(
                        "cast: { fields: { age: integer, price: number, seen: timestamp, tags: jsonText } }",
                        new CastTransform(new CastConfig(Map.of(
                                "age", CastType.INTEGER,
                                "price", CastType.NUMBER,
                                "seen", CastType.TIMESTAMP,
                                "tags", CastType.JSON_TEXT)))),
                new Example(
                        "cast: { fields: { app_version: integer } }",
                        new CastTransform(new CastConfig(Map.of("app_version", CastType.INTEGER)))),
                new Example(
                        "set: { fields: { origin: mobile, meta.version: 2 } }",
                        new SetTransform(
                                new SetConfig(ordered("origin", Value.of("mobile"), "meta.version", Value.of(2))))),
                new Example(
                        "compute: { create_date: date(headers.sentAt), greeting: \"'hello ' + body.user_id\" }",
                        new ComputeTransform(
                                new ComputeConfig(ordered("create_date", sentOn(), "greeting", greeting())))),
                new Example(
                        "filter: { keep: \"body.locale in ['DE', 'FR']\" }",
                        new FilterTransform(new FilterConfig(localeInGermanyOrFrance()))),
                new Example(
                        "flatten: {}",
                        new FlattenTransform(new FlattenConfig("_", Optional.empty(), Optional.empty()))),
                new Example(
                        "flatten: { separator: ., path: user, maxDepth: 1 }",
                        new FlattenTransform(
                                new FlattenConfig(".", Optional.of(FieldPath.parse("user")), Optional.of(1)))));
    }

    @ParameterizedTest
    @MethodSource("examples")
    void doWhatThePageSays(Example example) throws IOException {
        List<DocumentedCase> cases = casesOfPage().stream()
                .filter(documented -> documented.yaml().equals(example.yaml()))
                .toList();
        assertThat(cases).isNotEmpty();
        for (DocumentedCase documented : cases) {
            assertThat(outcome(example.step(), documented.input())).isEqualTo(documented.expected());
        }
    }

    @Test
    void areAllRun() throws IOException {
        List<String> run = examples().map(Example::yaml).toList();
        assertThat(casesOfPage())
                .extracting(DocumentedCase::yaml)
                .isNotEmpty()
                .allSatisfy(yaml -> assertThat(run).contains(yaml));
    }

    private static String outcome(Transform step, String input) {
        try {
            return step.apply(Steps.record(input)).stream()
                    .map(record -> JsonWriter.write(record.body()))
                    .findFirst()
                    .orElse("filtered");
        } catch (RejectedException rejected) {
            return String.valueOf(rejected.getMessage());
        }
    }

    private static List<DocumentedCase> casesOfPage() throws IOException {
        return Stream.of(Files.readString(PAGE).split("```yaml\n- ", -1))
                .skip(1)
                .map(block -> block.split("\n", -1))
                .map(lines -> new DocumentedCase(lines[0], lines[1].substring(2), lines[2].substring(2)))
                .toList();
    }

    private static Expression sentOn() {
        return new FakeExpression("date(headers.sentAt)", Set.of(), false, record -> Value.of("2024-05-01"));
    }

    private static Expression greeting() {
        return new FakeExpression("'hello ' + body.user_id", Set.of(), false, record -> Value.of("hello u1"));
    }

    private static Expression localeInGermanyOrFrance() {
        return new FakeExpression(
                "body.locale in ['DE', 'FR']",
                Set.of(),
                false,
                record -> Value.of(!record.body().equals(JsonReader.read("{\"locale\":\"US\"}"))));
    }

    private static <V> Map<String, V> ordered(String first, V firstValue, String second, V secondValue) {
        Map<String, V> map = new LinkedHashMap<>();
        map.put(first, firstValue);
        map.put(second, secondValue);
        return map;
    }

    private record Example(String yaml, Transform step) {
        @Override
        public String toString() {
            return yaml;
        }
    }

    private record DocumentedCase(String yaml, String input, String expected) {}
}
