package io.etlkit.source.sqs.internal.client;

import io.etlkit.api.StartupException;
import java.net.URI;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.AwsProfileRegionProvider;
import software.amazon.awssdk.regions.providers.AwsRegionProvider;
import software.amazon.awssdk.regions.providers.AwsRegionProviderChain;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;
import software.amazon.awssdk.regions.providers.SystemSettingsRegionProvider;

/**
 * Where requests go. Immutable.
 *
 * @param region the region that signs them
 * @param server the server, when it is not the region's own
 */
public record Endpoint(Region region, Optional<URI> server) {
    /**
     * The region of the queue's URL or ARN, then the configured one, then the one that the SDK finds. The server that is
     * configured, then the one in the URL.
     *
     * @throws StartupException when no region is found
     */
    public static Endpoint of(ConnectionSettings settings) {
        QueueAddress queue = settings.queue();
        Optional<URI> server = settings.endpoint().or(queue::server);
        // For a stand-in the machine's own region says nothing, and asking for it takes seconds outside AWS.
        AwsRegionProvider chain = server.isPresent()
                ? new AwsRegionProviderChain(new SystemSettingsRegionProvider(), new AwsProfileRegionProvider())
                : new DefaultAwsRegionProviderChain();
        Region region = queue.region()
                .or(settings::region)
                .map(Region::of)
                .or(() -> found(chain))
                .orElseThrow(() -> new StartupException("no AWS region is known for the SQS queue " + queue.name()
                        + "; set region beside the queue, AWS_REGION, or a region in the AWS profile"));
        return new Endpoint(region, server);
    }

    private static Optional<Region> found(AwsRegionProvider chain) {
        try {
            return Optional.ofNullable(chain.getRegion());
        } catch (SdkClientException none) {
            return Optional.empty();
        }
    }
}
