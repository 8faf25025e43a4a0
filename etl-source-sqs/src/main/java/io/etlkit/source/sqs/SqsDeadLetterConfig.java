package io.etlkit.source.sqs;

import io.etlkit.api.config.Option;
import io.etlkit.api.config.Secret;
import io.etlkit.source.sqs.SqsSourceConfig.HttpClient;
import io.etlkit.source.sqs.internal.client.ConnectionSettings;
import java.net.URI;
import java.util.Optional;

/**
 * The options of the dead-letter sink {@code sqs}. Immutable.
 *
 * @param queue the queue's name, URL or ARN
 * @param region the AWS region
 * @param endpoint where the server is, when it is not AWS itself
 * @param httpClient which HTTP client carries the requests
 * @param accessKeyId half of fixed credentials
 * @param secretAccessKey the other half
 */
public record SqsDeadLetterConfig(
        @Option(
                description =
                        "The queue that keeps the letters: its name, its URL or its ARN. It must be there; it must not be the"
                                + " source's, and should be this pipeline's alone.",
                example = "login-dead-letters")
        String queue,

        @Option(
                description =
                        "The AWS region. By default the one in the queue's ARN or URL, else the AWS SDK's: AWS_REGION, the"
                                + " profile, the machine's own.",
                example = "us-east-1")
        Optional<String> region,

        @Option(
                description =
                        "Where the SQS server is, as http://localhost:4566, for a stand-in or a private endpoint. Empty: AWS"
                                + " itself.",
                example = "http://localhost:4566")
        Optional<URI> endpoint,

        @Option(
                description =
                        "The HTTP client: crt takes much less CPU; netty is for machines where crt's native library"
                                + " does not load.",
                defaultValue = "crt")
        HttpClient httpClient,

        @Option(
                description =
                        "An access key id, for stand-ins. By default the AWS SDK's credentials chain: environment, profile,"
                                + " role of the pod or machine.",
                example = "test")
        Optional<String> accessKeyId,

        @Option(description = "The secret that goes with accessKeyId.", example = "test")
        Optional<Secret> secretAccessKey) {

    /** Checks each option, as the source does. */
    public SqsDeadLetterConfig {
        ConnectionSettings unused =
                SqsSourceConfig.connection(queue, region, endpoint, httpClient, accessKeyId, secretAccessKey);
    }

    /** A queue, and the defaults for everything else. */
    public static SqsDeadLetterConfig of(String queue) {
        return builder().queue(queue).build();
    }

    /** Begins a configuration; an option that is not set has its default. The constructor is not API. */
    public static SqsDeadLetterConfigBuilder builder() {
        return new SqsDeadLetterConfigBuilder();
    }

    /** How the queue is reached. */
    ConnectionSettings connection() {
        return SqsSourceConfig.connection(queue, region, endpoint, httpClient, accessKeyId, secretAccessKey);
    }
}
