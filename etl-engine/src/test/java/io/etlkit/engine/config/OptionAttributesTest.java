package io.etlkit.engine.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.etlkit.api.config.Option;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Aliases, deprecated options and limits, as the binder honours them. */
class OptionAttributesTest {
    record Limited(
            @Option(description = "Count.", defaultValue = "1", min = "1", max = "256")
            int count,

            @Option(description = "Size.", defaultValue = "1", min = "1")
            long size,

            @Option(description = "Share.", defaultValue = "0", max = "0.5")
            BigDecimal share,

            @Option(description = "Wait.", min = "0s", max = "1m")
            Optional<Duration> pause,

            @Option(description = "Ports.", defaultValue = "[]", min = "1", max = "65535")
            List<Integer> ports,

            @Option(description = "Weights.", defaultValue = "{}", min = "0")
            Map<String, Double> weights) {}

    record Renamed(
            @Option(
                    description = "Queue.",
                    aliases = {"queueName", "queueUrl"})
            String queue,

            @Option(description = "Delay.", deprecated = "wait")
            Optional<Duration> delay) {
        Renamed {
            if (queue.isEmpty()) {
                throw new IllegalArgumentException("queue: must not be empty");
            }
        }
    }

    private final ConfigProblems problems = new ConfigProblems();

    @Test
    void limitsAreIncluded() {
        assertThat(bind(
                        Limited.class,
                        "{count: 256, size: 1, share: 0.50, pause: 60s, ports: [1, 65535], weights: {a: 0}}"))
                .isPresent();
        assertThat(bind(Limited.class, "{count: 1, pause: 0s}")).isPresent();
        assertThat(bind(Limited.class, "{pause: ''}")).isPresent();
        assertThat(problems.list()).isEmpty();
    }

    @Test
    void whatIsOutsideTheLimitsIsReportedAtItsPlace() {
        assertThat(bind(
                        Limited.class,
                        "{count: 0, size: -1, share: 0.6, pause: 61s, ports: [80, 0, 65536], weights: {a: -0.1}}"))
                .isEmpty();
        assertThat(shown(problems.list()))
                .containsExactly(
                        "count: must be between 1 and 256, and is 0",
                        "size: must be at least 1, and is -1",
                        "share: must be at most 0.5, and is 0.6",
                        "pause: must be between 0s and 1m, and is 61s",
                        "ports[1]: must be between 1 and 65535, and is 0",
                        "ports[2]: must be between 1 and 65535, and is 65536",
                        "weights.a: must be at least 0, and is -0.1");
    }

    @Test
    void aNumberOutOfASecretIsNotShown() {
        ConfigNode count = new ConfigNode.Scalar(
                Origin.none().withPath("count"), "4711", ScalarStyle.plain(0, 0).substituted(true, false));
        ConfigNode options = new ConfigNode.Mapping(Origin.none(), Map.of("count", count));
        assertThat(ConfigBinder.create().bind(Limited.class, options, problems)).isEmpty();
        assertThat(shown(problems.list())).containsExactly("count: must be between 1 and 256");
    }

    @Test
    void anAliasBinds() {
        assertThat(bind(Renamed.class, "{queueUrl: q}")).contains(new Renamed("q", Optional.empty()));
        assertThat(problems.list()).isEmpty();
        assertThat(problems.warnings()).isEmpty();
    }

    @Test
    void aCheckOfTheRecordIsLocatedAtTheAlias() {
        assertThat(bind(Renamed.class, "{queueName: ''}")).isEmpty();
        assertThat(shown(problems.list())).containsExactly("queueName: must not be empty");
    }

    @Test
    void anOptionUnderTwoNamesIsReportedWithBothPlaces() {
        Map<String, ConfigNode> entries = new LinkedHashMap<>();
        entries.put("queueName", scalar("queueName", 3, "a"));
        entries.put("queue", scalar("queue", 7, "b"));
        assertThat(ConfigBinder.create().bind(Renamed.class, new ConfigNode.Mapping(Origin.none(), entries), problems))
                .isEmpty();
        assertThat(shown(problems.list()))
                .containsExactly("pipeline.yaml:7:5: queue: is the same option as \"queueName\" at pipeline.yaml:3:5;"
                        + " remove one of them");
    }

    @Test
    void aDeprecatedOptionWarnsWithWhatToUse() {
        assertThat(bind(Renamed.class, "{queue: q, delay: 5s}")).isPresent();
        assertThat(problems.list()).isEmpty();
        assertThat(shown(problems.warnings())).containsExactly("delay: is deprecated; use wait");
    }

    @Test
    void unknownKeysAreComparedWithAliasesToo() {
        bind(Renamed.class, "{queueNme: q}");
        assertThat(shown(problems.list())).contains("queueNme: unknown key \"queueNme\"; did you mean \"queueName\"?");
    }

    private static ConfigNode scalar(String key, int line, String text) {
        return ConfigNode.Scalar.plain(new Origin("pipeline.yaml", line, 5, key), text);
    }

    private static List<String> shown(List<ConfigProblem> problems) {
        return problems.stream().map(ConfigProblem::toString).toList();
    }

    private <C extends Record> Optional<C> bind(Class<C> type, String flow) {
        return ConfigBinder.create().bind(type, FlowText.parse(Origin.none(), flow), problems);
    }
}
