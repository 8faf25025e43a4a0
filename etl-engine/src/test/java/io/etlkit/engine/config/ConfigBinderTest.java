package io.etlkit.engine.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.etlkit.api.RejectPolicy;
import io.etlkit.api.config.Expression;
import io.etlkit.api.config.Option;
import io.etlkit.api.config.Secret;
import io.etlkit.api.value.BooleanValue;
import io.etlkit.api.value.FieldPath;
import io.etlkit.api.value.ListValue;
import io.etlkit.api.value.NullValue;
import io.etlkit.api.value.NumberValue;
import io.etlkit.api.value.ObjectValue;
import io.etlkit.api.value.TextValue;
import io.etlkit.api.value.Value;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ConfigBinderTest {
    enum Method {
        HMAC,
        AES_GCM
    }

    record Field(
            @Option(description = "Path.") FieldPath path,

            @Option(description = "Method.", defaultValue = "hmac")
            Method method) {
        Field {
            if (path.hasWildcard()) {
                throw new IllegalArgumentException("path: must have no wildcard");
            }
        }
    }

    record AllTypes(
            @Option(description = "Text.") String text,
            @Option(description = "Number.") int small,
            @Option(description = "Number.") long large,
            @Option(description = "Number.") double inexact,
            @Option(description = "Number.") BigDecimal exact,
            @Option(description = "Flag.") boolean flag,
            @Option(description = "Enum.") Method method,
            @Option(description = "Time.") Duration time,
            @Option(description = "Address.") URI address,
            @Option(description = "File.") Path file,
            @Option(description = "Field.") FieldPath field,
            @Option(description = "Anything.") Value anything,
            @Option(description = "Secret.") Secret secret,
            @Option(description = "Expression.") Expression expression,
            @Option(description = "Nested.") Field nested,
            @Option(description = "List.") List<Field> list,
            @Option(description = "Map.") Map<String, Integer> map,
            @Option(description = "Optional.") Optional<Duration> optional) {}

    record Defaults(
            @Option(description = "Time.", defaultValue = "50ms")
            Duration time,

            @Option(description = "Flag.", defaultValue = "true")
            boolean flag,

            @Option(description = "Names.", defaultValue = "[a, 'b c']")
            List<String> names,

            @Option(description = "Types.", defaultValue = "{x: 1, y: 2}")
            Map<String, Integer> types,

            @Option(description = "None.", defaultValue = "[]")
            List<FieldPath> none,

            @Option(description = "Text.", defaultValue = "")
            String empty,

            @Option(description = "Policy.", defaultValue = "deadLetter")
            RejectPolicy policy,

            @Option(description = "Optional.") Optional<String> optional) {}

    record Numbers(@Option(description = "Numbers by name.") Map<String, Integer> fields) {}

    private final ConfigProblems problems = new ConfigProblems();

    @Test
    void bindsEveryType() {
        AllTypes bound = bind(
                        AllTypes.class,
                        "{text: a b, small: 7, large: 5000000000, inexact: 1.5e3, exact: 0.1, flag: true, method: aes-gcm,"
                                + " time: 1.5s, address: 'http://localhost:1', file: keys/pii.json, field: a.b,"
                                + " anything: {a: [1, true, x, null]}, secret: s3cret, expression: 1 + 1,"
                                + " nested: {path: ip}, list: [{path: ip, method: hmac}], map: {a: 1},"
                                + " optional: 15d}")
                .orElseThrow();

        assertThat(problems.list()).isEmpty();
        assertThat(bound.text()).isEqualTo("a b");
        assertThat(bound.small()).isEqualTo(7);
        assertThat(bound.large()).isEqualTo(5_000_000_000L);
        assertThat(bound.inexact()).isEqualTo(1500.0);
        assertThat(bound.exact()).isEqualTo(new BigDecimal("0.1"));
        assertThat(bound.flag()).isTrue();
        assertThat(bound.method()).isEqualTo(Method.AES_GCM);
        assertThat(bound.time()).isEqualTo(Duration.ofMillis(1500));
        assertThat(bound.address()).isEqualTo(URI.create("http://localhost:1"));
        assertThat(bound.file()).isEqualTo(Path.of("keys/pii.json"));
        assertThat(bound.field()).isEqualTo(FieldPath.parse("a.b"));
        assertThat(bound.anything())
                .isEqualTo(ObjectValue.builder()
                        .put(
                                "a",
                                new ListValue(List.of(
                                        new NumberValue(BigDecimal.ONE),
                                        BooleanValue.TRUE,
                                        new TextValue("x"),
                                        NullValue.INSTANCE)))
                        .build());
        assertThat(bound.secret()).isEqualTo(Secret.of("s3cret"));
        assertThat(bound.expression().text()).isEqualTo("1 + 1");
        assertThat(bound.nested()).isEqualTo(new Field(FieldPath.parse("ip"), Method.HMAC));
        assertThat(bound.list()).containsExactly(new Field(FieldPath.parse("ip"), Method.HMAC));
        assertThat(bound.map()).containsExactly(Map.entry("a", 1));
        assertThat(bound.optional()).contains(Duration.ofDays(15));
    }

    @Test
    void takesDefaultsFromTheAnnotation() {
        assertThat(bind(Defaults.class, "{}"))
                .contains(new Defaults(
                        Duration.ofMillis(50),
                        true,
                        List.of("a", "b c"),
                        Map.of("x", 1, "y", 2),
                        List.of(),
                        "",
                        RejectPolicy.DEAD_LETTER,
                        Optional.empty()));
        assertThat(problems.list()).isEmpty();
    }

    @Test
    void reportsEveryProblemAtOnce() {
        assertThat(bind(
                        AllTypes.class,
                        "{text: [a], small: x, large: 99999999999999999999, inexact: y, exact: yes, flag: yes,"
                                + " method: aesgcm, time: 5, address: 'a b', field: 'a..b', secret: {a: b},"
                                + " expression: bad, nested: {path: 'a[*]', methd: hmac}, list: {a: b}, map: [a],"
                                + " optional: 1 week, file: f}"))
                .isEmpty();

        assertThat(problems.list().stream().map(ConfigProblem::toString))
                .containsExactlyInAnyOrder(
                        "text: must be a single value, not a list",
                        "small: must be a whole number, and is \"x\"",
                        "large: is too large a number: \"99999999999999999999\"",
                        "inexact: must be a number, and is \"y\"",
                        "exact: must be a number, and is \"yes\"",
                        "flag: must be true or false, and is \"yes\"",
                        "method: unknown method \"aesgcm\"; did you mean \"aes-gcm\"?",
                        "time: must be a duration with its unit, such as 50ms, 5s, 2m, 1h or 15d, and is \"5\"",
                        "address: must be a URI, and is \"a b\"",
                        "field: not a field's path: \"a..b\", at character 3: expected a field's name",
                        "the key \"anything\" is missing: Anything.",
                        "secret: must be a single value, not a map",
                        "expression: is not a valid TEST expression: no operator (line 1, column 2 of the expression)",
                        "nested.methd: unknown key \"methd\"; did you mean \"method\"?",
                        "nested.path: must have no wildcard",
                        "list: must be a list, such as [a, b], not a map",
                        "map: must be a map of names to values, not a list",
                        "optional: must be a duration with its unit, such as 50ms, 5s, 2m, 1h or 15d, and is \"1 week\"");
    }

    @Test
    void tellsPlainNumbersFromQuotedOnes() {
        assertThat(bind(Numbers.class, "{fields: {a: 1}}")).contains(new Numbers(Map.of("a", 1)));
        assertThat(bind(Numbers.class, "{fields: {a: '1'}}")).isEmpty();
        assertThat(problems.list())
                .extracting(ConfigProblem::toString)
                .containsExactly("fields.a: must be a whole number, and is \"1\"");
    }

    @Test
    void recordWithOnlyAMapMayBeWrittenAsThatMap() {
        assertThat(bind(Numbers.class, "{a: 1, b: 2}")).contains(new Numbers(Map.of("a", 1, "b", 2)));
        assertThat(bind(Numbers.class, "{fields: 3}")).contains(new Numbers(Map.of("fields", 3)));
        assertThat(problems.list()).isEmpty();
    }

    @Test
    void emptyTextIsAbsentForAnOptionalOption() {
        assertThat(bind(Defaults.class, "{optional: ''}").orElseThrow().optional())
                .isEmpty();
    }

    @Test
    void enumsAreWrittenWithDashesOrInCamelCase() {
        assertThat(bind(Field.class, "{path: a, method: aesGcm}").orElseThrow().method())
                .isEqualTo(Method.AES_GCM);
        assertThat(bind(Defaults.class, "{policy: dead-letter}").orElseThrow().policy())
                .isEqualTo(RejectPolicy.DEAD_LETTER);
        assertThat(bind(Field.class, "{path: a, method: AES_GCM}")).isEmpty();
        assertThat(bind(Defaults.class, "{policy: deadletter}")).isEmpty();
        assertThat(problems.list())
                .extracting(ConfigProblem::message)
                .containsExactly(
                        "unknown method \"AES_GCM\"; did you mean \"aes-gcm\"?",
                        "unknown policy \"deadletter\"; did you mean \"deadLetter\"?");
    }

    @Test
    void locatesAnExpressionsErrorWithinTheLine() {
        record Condition(@Option(description = "Condition.") Expression when) {}
        ConfigNode.Scalar scalar = new ConfigNode.Scalar(
                new Origin("pipeline.yaml", 4, 5, "when"), "bad", ScalarStyle.quoted(true, 4, 12));
        ConfigNode options = new ConfigNode.Mapping(new Origin("pipeline.yaml", 3, 1, ""), Map.of("when", scalar));
        assertThat(binder().bind(Condition.class, options, problems)).isEmpty();
        assertThat(problems.list())
                .extracting(ConfigProblem::toString)
                .containsExactly("pipeline.yaml:4:13: when: is not a valid TEST expression: no operator");
    }

    @Test
    void anUnknownKeyAloneIsEnoughToRefuse() {
        assertThat(bind(Field.class, "{path: a, pth: b}")).isEmpty();
        assertThat(problems.list())
                .extracting(ConfigProblem::toString)
                .containsExactly("pth: unknown key \"pth\"; did you mean \"path\"?");
    }

    private <C extends Record> Optional<C> bind(Class<C> type, String flow) {
        return binder().bind(type, node(flow), problems);
    }

    private static ConfigNode node(String flow) {
        return FlowText.parse(Origin.none(), flow);
    }

    private static ConfigBinder binder() {
        return ConfigBinder.with(new TestCompiler());
    }
}
