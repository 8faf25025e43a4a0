package io.etlkit.source.sqs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.etlkit.source.sqs.SqsSourceConfig.HttpClient;
import io.etlkit.source.sqs.internal.source.SourceLimits;
import io.etlkit.testkit.TestConfig;
import io.etlkit.testkit.TestContext;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SqsSourceConfigTest {
    @Test
    void hasTheSameDefaultsInAFileAndInCode() {
        SqsSourceConfig bound = TestConfig.bind(SqsSourceConfig.class, Map.of("queue", "logins"));

        assertThat(bound).isEqualTo(SqsSourceConfig.of("logins"));
        assertThat(bound.endpoint()).isEmpty();
        assertThat(bound.httpClient()).isEqualTo(HttpClient.CRT);
    }

    @Test
    void takesEachOption() {
        SqsSourceConfig bound = TestConfig.bind(
                SqsSourceConfig.class,
                Map.of(
                        "queue", "logins",
                        "region", "eu-west-1",
                        "endpoint", "http://localhost:4566",
                        "httpClient", "netty",
                        "maxInFlight", 50,
                        "maxBytes", 1000,
                        "maxReceives", 2,
                        "waitTime", "3s",
                        "accessKeyId", "id",
                        "secretAccessKey", "hidden"));

        assertThat(bound.region()).contains("eu-west-1");
        assertThat(bound.endpoint()).contains(URI.create("http://localhost:4566"));
        assertThat(bound.httpClient()).isEqualTo(HttpClient.NETTY);
        assertThat(bound.maxInFlight()).contains(50);
        assertThat(bound.maxBytes()).contains(1000L);
        assertThat(bound.maxReceives()).isEqualTo(2);
        assertThat(bound.waitTime()).isEqualTo(Duration.ofSeconds(3));
        assertThat(bound.toString()).doesNotContain("hidden");
    }

    @Test
    void takesAnEmptyEndpointForAwsItself() {
        SqsSourceConfig bound = TestConfig.bind(SqsSourceConfig.class, Map.of("queue", "logins", "endpoint", ""));

        assertThat(bound.endpoint()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "endpoint|localhost:4566|endpoint: must be an http:// or https:// address with a host, as http://localhost:4566",
                "maxInFlight|9|maxInFlight: must be at least 10, and is 9",
                "maxBytes|0|maxBytes: must be at least 1, and is 0",
                "maxReceives|65|maxReceives: must be between 1 and 64, and is 65",
                "maxReceives|0|maxReceives: must be between 1 and 64, and is 0",
                "waitTime|21s|waitTime: must be between 1s and 20s, and is 21s",
                "waitTime|1500ms|waitTime: must be whole seconds, as SQS takes it",
                "accessKeyId|id|secretAccessKey: is missing; it goes with accessKeyId",
                "secretAccessKey|hidden|accessKeyId: is missing; it goes with secretAccessKey"
            })
    void refusesWhatItCanNotUse(String option, String value, String message) {
        assertThatThrownBy(() -> TestConfig.bind(SqsSourceConfig.class, Map.of("queue", "logins", option, value)))
                .hasMessageContaining(message)
                .hasMessageNotContaining("hidden");
    }

    @Test
    void pollsInShorterTurnsWhenTheRunIsToEnd() {
        SqsSourceConfig config = SqsSourceConfig.of("logins");
        TestContext context = TestContext.defaults().withDrainTimeout(Duration.ofSeconds(25));

        assertThat(waitSeconds(config, context)).isEqualTo(20);
        assertThat(waitSeconds(config, context.withUntilIdle(Duration.ofSeconds(5))))
                .isEqualTo(2);
        assertThat(waitSeconds(config, context.withUntilIdle(Duration.ofMillis(500))))
                .isEqualTo(1);
        assertThat(waitSeconds(config, context.withDrainTimeout(Duration.ofSeconds(10))))
                .isEqualTo(8);
        assertThat(waitSeconds(config, context.withDrainTimeout(Duration.ZERO))).isEqualTo(1);
    }

    private static int waitSeconds(SqsSourceConfig config, TestContext context) {
        return Math.toIntExact(config.limits(context).longPoll().toSeconds());
    }

    @Test
    void takesOnTwiceTheBatchAndWhatTheReceivesBring() {
        SourceLimits limits =
                SqsSourceConfig.of("logins").limits(TestContext.defaults().withBatchSize(500));

        assertThat(limits.maxInFlight()).isEqualTo(2 * 500 + 64 * 10);
        assertThat(limits.maxBytes()).isBetween(1L, 64L * 1024 * 1024);
    }
}
