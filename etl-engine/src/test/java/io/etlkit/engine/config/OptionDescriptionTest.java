package io.etlkit.engine.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.etlkit.api.config.Option;
import io.etlkit.api.value.FieldPath;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OptionDescriptionTest {
    enum Method {
        HMAC,
        AES_GCM
    }

    record Field(
            @Option(description = "Path.") FieldPath path,

            @Option(description = "Method.", defaultValue = "hmac", example = "aes-gcm")
            Method method) {}

    record Outer(
            @Option(description = "Nested.") Field nested,
            @Option(description = "List.") List<Field> list,
            @Option(description = "Map.") Map<String, Field> map,

            @Option(
                    description = "Wait.",
                    aliases = {"delay", "waitTime"},
                    deprecated = "nested",
                    since = "1.2",
                    min = "0s",
                    max = "20s")
            Optional<Duration> pause) {}

    @Test
    void saysWhatAnOptionDeclares() {
        List<OptionDescription> options = OptionDescription.of(Field.class);
        assertThat(options).extracting(OptionDescription::name).containsExactly("path", "method");
        assertThat(options).extracting(OptionDescription::typeLabel).containsExactly("field", "one of hmac, aes-gcm");
        assertThat(options).extracting(OptionDescription::required).containsExactly(true, false);
        assertThat(options)
                .extracting(OptionDescription::defaultValue)
                .containsExactly(Optional.empty(), Optional.of("hmac"));
        assertThat(options)
                .extracting(OptionDescription::example)
                .containsExactly(Optional.empty(), Optional.of("aes-gcm"));
        assertThat(options).extracting(OptionDescription::description).containsExactly("Path.", "Method.");
    }

    @Test
    void saysWhatChangedAndWhatIsAllowed() {
        OptionDescription pause = OptionDescription.of(Outer.class).get(3);
        assertThat(pause.keys()).containsExactly("pause", "delay", "waitTime");
        assertThat(pause.deprecated()).contains("nested");
        assertThat(pause.since()).contains("1.2");
        assertThat(pause.limits()).contains("between 0s and 20s");
        assertThat(OptionDescription.keysOf(Outer.class))
                .containsExactly("nested", "list", "map", "pause", "delay", "waitTime");
    }

    @Test
    void namesNestedOptionsByTheirPath() {
        assertThat(OptionDescription.withNested(Outer.class))
                .extracting(OptionDescription::path)
                .containsExactly(
                        "nested",
                        "nested.path",
                        "nested.method",
                        "list",
                        "list[].path",
                        "list[].method",
                        "map",
                        "map.NAME.path",
                        "map.NAME.method",
                        "pause");
    }
}
