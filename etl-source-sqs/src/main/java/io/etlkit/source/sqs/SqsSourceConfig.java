package io.etlkit.source.sqs;

import io.etlkit.api.PluginContext;
import io.etlkit.api.config.Option;
import io.etlkit.api.config.Secret;
import io.etlkit.source.sqs.internal.client.ConnectionSettings;
import io.etlkit.source.sqs.internal.source.SourceLimits;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * The options of the {@code sqs} source. Immutable.
 *
 * @param queue the queue's name, URL or ARN
 * @param region the AWS region
 * @param endpoint where the server is, when it is not AWS itself
 * @param httpClient which HTTP client carries the requests
 * @param maxInFlight the most messages of a lane between their receipt and the confirmation of their delete
 * @param maxBytes the most characters that the bodies of these may have together
 * @param maxReceives the most receives of a lane that are open at once
 * @param waitTime how long a receive waits for messages
 * @param accessKeyId half of fixed credentials
 * @param secretAccessKey the other half
 */
public record SqsSourceConfig(
        @Option(
                description =
                        "The queue: its name, its URL or its ARN. The name of another account's queue has to be an ARN or a"
                                + " URL.",
                example = "login-queue")
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
                        "The most messages that a lane has in flight, from the receive to the confirmed delete, not less than the ten of one receive. By"
                                + " default twice the batch, and ten for each receive.",
                example = "5000",
                min = "10")
        Optional<Integer> maxInFlight,

        @Option(
                description =
                        "The most characters that the bodies of a lane's messages in flight have together. By default 64 Mi or"
                                + " an eighth of the heap shared among the lanes, whichever is less.",
                example = "16777216",
                min = "1")
        Optional<Long> maxBytes,

        @Option(
                description =
                        "The most receives that a lane has open at once. The number follows the load: a full answer"
                                + " adds one, an empty one takes one away.",
                defaultValue = "64",
                min = "1",
                max = "64")
        int maxReceives,

        @Option(
                description =
                        "How long a receive waits for messages, in whole seconds. Less where the queue's"
                                + " visibility timeout, the drain timeout or --until-idle asks for it. Ending the pipeline takes up to this long when the queue is idle.",
                defaultValue = "20s",
                min = "1s",
                max = "20s")
        Duration waitTime,

        @Option(
                description =
                        "An access key id, for stand-ins. By default the AWS SDK's credentials chain: environment, profile,"
                                + " role of the pod or machine.",
                example = "test")
        Optional<String> accessKeyId,

        @Option(description = "The secret that goes with accessKeyId.", example = "test")
        Optional<Secret> secretAccessKey) {

    /** The HTTP clients. */
    public enum HttpClient {
        /** The AWS common runtime's: native code. */
        CRT,
        /** Netty: Java only. */
        NETTY
    }

    /** Checks each option. */
    public SqsSourceConfig {
        ConnectionSettings unused = connection(queue, region, endpoint, httpClient, accessKeyId, secretAccessKey);
        require(
                waitTime.equals(Duration.ofSeconds(waitTime.toSeconds())),
                "waitTime: must be whole seconds, as SQS takes it");
    }

    /** Begins a configuration; an option that is not set has its default. The constructor is not API. */
    public static SqsSourceConfigBuilder builder() {
        return new SqsSourceConfigBuilder();
    }

    /** A queue, and the defaults for everything else. */
    public static SqsSourceConfig of(String queue) {
        return builder().queue(queue).build();
    }

    /** How the queue is reached. */
    ConnectionSettings connection() {
        return connection(queue, region, endpoint, httpClient, accessKeyId, secretAccessKey);
    }

    static ConnectionSettings connection(
            String queue,
            Optional<String> region,
            Optional<URI> endpoint,
            HttpClient httpClient,
            Optional<String> accessKeyId,
            Optional<Secret> secretAccessKey) {
        return ConnectionSettings.of(
                queue, region, endpoint, httpClient == HttpClient.CRT, accessKeyId, secretAccessKey);
    }

    /** How much one lane's source receives. */
    SourceLimits limits(PluginContext context) {
        return SourceLimits.of(maxInFlight, maxBytes, maxReceives, waitTime, context);
    }

    private static void require(boolean valid, String message) {
        if (!valid) {
            throw new IllegalArgumentException(message);
        }
    }
}
