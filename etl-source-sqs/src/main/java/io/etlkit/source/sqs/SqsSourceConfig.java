package io.etlkit.source.sqs;

import io.etlkit.api.config.Option;
import io.etlkit.api.config.Secret;
import io.etlkit.api.PluginContext;
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
                        "The most messages that a lane has in flight, from the receive to the confirmed delete; at least 10. By"
                                + " default twice the batch, and ten for each receive.",
                example = "5000")
        Optional<Integer> maxInFlight,

        @Option(
                description =
                        "The most characters that the bodies of a lane's messages in flight have together. By default 64 Mi or"
                                + " an eighth of the heap shared among the lanes, whichever is less.",
                example = "16777216")
        Optional<Long> maxBytes,

        @Option(
                description =
                        "The most receives that a lane has open at once, 1 to 64. The number follows the load: a full answer"
                                + " adds one, an empty one takes one away.",
                defaultValue = "64")
        int maxReceives,

        @Option(
                description =
                        "How long a receive waits for messages, in whole seconds from 1s to 20s. Less where the queue's"
                                + " visibility timeout, the drain timeout or --until-idle asks for it. A pipeline whose queue is idle takes up to this long to end.",
                defaultValue = "20s")
        Duration waitTime,

        @Option(
                description =
                        "An access key id, for stand-ins. By default the AWS SDK's credentials chain: environment, profile,"
                                + " role of the pod or machine.",
                example = "test")
        Optional<String> accessKeyId,

        @Option(description = "The secret that goes with accessKeyId.", example = "test")
        Optional<Secret> secretAccessKey) {

    private static final int MAX_RECEIVES = 64;
    private static final int RECEIVE_SIZE = 10;
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(20);

    /** The HTTP clients. */
    public enum HttpClient {
        /** The AWS common runtime's: native code. */
        CRT,
        /** Netty: Java only. */
        NETTY
    }

    /** Checks each option. */
    public SqsSourceConfig {
        ConnectionSettings unused =
                connection(queue, region, endpoint, httpClient, accessKeyId, secretAccessKey);
        require(
                maxInFlight.orElse(RECEIVE_SIZE) >= RECEIVE_SIZE,
                "maxInFlight: must be at least 10, the size of one receive");
        require(maxBytes.orElse(1L) >= 1, "maxBytes: must be at least 1");
        require(maxReceives >= 1 && maxReceives <= MAX_RECEIVES, "maxReceives: must be from 1 to 64");
        require(
                waitTime.compareTo(Duration.ofSeconds(1)) >= 0
                        && waitTime.compareTo(LONGEST_WAIT) <= 0
                        && waitTime.equals(Duration.ofSeconds(waitTime.toSeconds())),
                "waitTime: must be whole seconds, from 1s to 20s");
    }

    /** A queue, and the defaults for everything else. */
    public static SqsSourceConfig of(String queue) {
        return new SqsSourceConfig(
                queue,
                Optional.empty(),
                Optional.empty(),
                HttpClient.CRT,
                Optional.empty(),
                Optional.empty(),
                MAX_RECEIVES,
                LONGEST_WAIT,
                Optional.empty(),
                Optional.empty());
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
