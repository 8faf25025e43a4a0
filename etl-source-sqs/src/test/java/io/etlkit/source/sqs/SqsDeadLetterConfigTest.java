package io.etlkit.source.sqs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.etlkit.source.sqs.internal.client.ConnectionSettings;
import io.etlkit.testkit.TestConfig;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SqsDeadLetterConfigTest {
    @Test
    void hasTheSameDefaultsInAFileAndInCode() {
        SqsDeadLetterConfig bound = TestConfig.bind(SqsDeadLetterConfig.class, Map.of("queue", "dead-letters"));

        assertThat(bound).isEqualTo(SqsDeadLetterConfig.of("dead-letters"));
    }

    @Test
    void takesEachOption() {
        SqsDeadLetterConfig bound = TestConfig.bind(
                SqsDeadLetterConfig.class,
                Map.of(
                        "queue", "dead-letters",
                        "region", "eu-west-1",
                        "endpoint", "http://localhost:4566",
                        "httpClient", "netty",
                        "accessKeyId", "id",
                        "secretAccessKey", "hidden"));

        ConnectionSettings connection = bound.connection();
        assertThat(connection.queue().name()).isEqualTo("dead-letters");
        assertThat(connection.region()).contains("eu-west-1");
        assertThat(connection.endpoint()).contains(URI.create("http://localhost:4566"));
        assertThat(connection.crt()).isFalse();
        assertThat(connection.credentials().orElseThrow().accessKeyId()).isEqualTo("id");
        assertThat(connection.credentials().orElseThrow().secretAccessKey().reveal())
                .isEqualTo("hidden");
        assertThat(bound.toString()).doesNotContain("hidden");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "endpoint|localhost:4566|endpoint: must be an http:// or https:// address with a host",
                "accessKeyId|id|secretAccessKey: is missing; it goes with accessKeyId",
                "queue|a queue|queue: \"a queue\" names no queue"
            })
    void refusesWhatItCanNotUse(String option, String value, String message) {
        Map<String, String> options = new HashMap<>(Map.of("queue", "dead-letters"));
        options.put(option, value);
        assertThatThrownBy(() -> TestConfig.bind(SqsDeadLetterConfig.class, options))
                .hasMessageContaining(message);
    }
}
