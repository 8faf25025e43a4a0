package io.etlkit.source.sqs.internal.source;

import io.etlkit.api.Source;
import io.etlkit.api.config.Secret;
import io.etlkit.source.sqs.SqsPlugin;
import io.etlkit.source.sqs.SqsSourceConfig;
import io.etlkit.source.sqs.SqsSourceConfig.HttpClient;
import io.etlkit.testkit.TestContext;
import io.etlkit.testkit.TestQueue;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** Opens sources over the queues of the embedded server. */
final class SourceOverElasticMq {
    private SourceOverElasticMq() {}

    /** With a long poll of a second, so that closing is quick. */
    static SqsSourceConfig config(TestQueue queue, HttpClient httpClient) {
        return config(queue.name(), queue.endpoint(), httpClient);
    }

    static SqsSourceConfig config(String queue, URI endpoint, HttpClient httpClient) {
        return config(queue, endpoint, httpClient, Duration.ofSeconds(1));
    }

    static SqsSourceConfig config(String queue, URI endpoint, HttpClient httpClient, Duration waitTime) {
        return new SqsSourceConfig(
                queue,
                Optional.of("us-east-1"),
                Optional.of(endpoint),
                httpClient,
                Optional.empty(),
                Optional.empty(),
                64,
                waitTime,
                Optional.of("test"),
                Optional.of(Secret.of("test")));
    }

    static Source open(SqsSourceConfig config, TestContext context) {
        return SqsPlugin.sqs().create(config, context);
    }
}
