package io.etlkit.source.sqs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.etlkit.engine.config.ConfigBuilder;
import io.etlkit.source.sqs.SqsSourceConfig.HttpClient;
import io.etlkit.source.sqs.internal.client.ConnectionSettings;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SqsDeadLetterConfigTest {
    @Test
    void hasTheSameDefaultsInAFileAndInCode() {
        SqsDeadLetterConfig bound = ConfigBuilder.of(SqsDeadLetterConfig.class)
                .set("queue", "dead-letters")
                .build();

        assertThat(bound).isEqualTo(SqsDeadLetterConfig.of("dead-letters"));
    }

    @Test
    void takesEachOption() {
        SqsDeadLetterConfig bound = ConfigBuilder.of(SqsDeadLetterConfig.class)
                .set("queue", "dead-letters")
                .set("region", "eu-west-1")
                .set("endpoint", "http://localhost:4566")
                .set("httpClient", "netty")
                .set("accessKeyId", "id")
                .set("secretAccessKey", "hidden")
                .build();

        ConnectionSettings connection = bound.connection();
        assertThat(connection.queue().name()).isEqualTo("dead-letters");
        assertThat(connection.region()).contains("eu-west-1");
        assertThat(connection.endpoint()).contains(URI.create("http://localhost:4566"));
        assertThat(connection.crt()).isFalse();
        assertThat(connection.credentials().orElseThrow().accessKeyId()).isEqualTo("id");
        assertThat(connection.credentials().orElseThrow().secretAccessKey().reveal()).isEqualTo("hidden");
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
        ConfigBuilder<SqsDeadLetterConfig> builder = ConfigBuilder.of(SqsDeadLetterConfig.class)
                .set("queue", "dead-letters")
                .set(option, value);

        assertThatThrownBy(builder::build).hasMessageContaining(message);
    }
}
