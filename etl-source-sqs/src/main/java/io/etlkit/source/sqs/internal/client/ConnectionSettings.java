package io.etlkit.source.sqs.internal.client;

import io.etlkit.api.config.Secret;
import java.net.URI;
import java.util.Optional;

/**
 * Which queue, and how it is reached. Immutable.
 *
 * @param queue the queue
 * @param region the configured AWS region
 * @param endpoint the configured server; empty: AWS itself
 * @param crt whether the CRT client carries the requests; otherwise Netty does
 * @param credentials fixed credentials; empty: the AWS SDK's chain
 */
public record ConnectionSettings(
        QueueAddress queue,
        Optional<String> region,
        Optional<URI> endpoint,
        boolean crt,
        Optional<Credentials> credentials) {

    /** Fixed credentials. */
    public record Credentials(String accessKeyId, Secret secretAccessKey) {}

    /**
     * Checks the options.
     *
     * @throws IllegalArgumentException when one is invalid; the message begins with the option's name
     */
    public static ConnectionSettings of(
            String queue,
            Optional<String> region,
            Optional<URI> endpoint,
            boolean crt,
            Optional<String> accessKeyId,
            Optional<Secret> secretAccessKey) {
        QueueAddress address = QueueAddress.parse(queue);
        require(
                endpoint.isEmpty() || isWebAddress(endpoint.get()),
                "endpoint: must be an http:// or https:// address with a host, as http://localhost:4566");
        require(
                accessKeyId.isEmpty() || secretAccessKey.isPresent(),
                "secretAccessKey: is missing; it goes with accessKeyId");
        require(
                secretAccessKey.isEmpty() || accessKeyId.isPresent(),
                "accessKeyId: is missing; it goes with secretAccessKey");
        return new ConnectionSettings(
                address,
                region,
                endpoint,
                crt,
                accessKeyId.flatMap(id -> secretAccessKey.map(secret -> new Credentials(id, secret))));
    }

    private static boolean isWebAddress(URI endpoint) {
        boolean web = "http".equalsIgnoreCase(endpoint.getScheme()) || "https".equalsIgnoreCase(endpoint.getScheme());
        return web && endpoint.getHost() != null;
    }

    private static void require(boolean valid, String message) {
        if (!valid) {
            throw new IllegalArgumentException(message);
        }
    }
}
