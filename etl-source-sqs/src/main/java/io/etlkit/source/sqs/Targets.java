package io.etlkit.source.sqs;

import io.etlkit.api.StartupException;
import io.etlkit.source.sqs.SqsClients.Target;
import java.net.URI;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.AwsProfileRegionProvider;
import software.amazon.awssdk.regions.providers.AwsRegionProvider;
import software.amazon.awssdk.regions.providers.AwsRegionProviderChain;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;
import software.amazon.awssdk.regions.providers.SystemSettingsRegionProvider;

/** Works out where requests go. Stateless. */
final class Targets {
    private Targets() {}

    /**
     * The region that the queue's URL or ARN names, for it is nowhere else, then the configured one, then what the SDK finds;
     * the server that is configured, then the one that the URL names.
     *
     * @throws StartupException when no region is to be found
     */
    static Target of(SqsSourceConfig config, QueueAddress address) {
        Optional<URI> server = config.endpoint().or(address::server);
        // A machine's own region tells nothing of a stand-in, and asking for it takes seconds elsewhere.
        AwsRegionProvider chain = server.isPresent()
                ? new AwsRegionProviderChain(new SystemSettingsRegionProvider(), new AwsProfileRegionProvider())
                : new DefaultAwsRegionProviderChain();
        Region region = address.region()
                .or(config::region)
                .map(Region::of)
                .or(() -> found(chain))
                .orElseThrow(() -> new StartupException("no AWS region is known for the SQS queue " + address.name()
                        + "; set region beside the queue, AWS_REGION, or a region in the AWS profile"));
        return new Target(region, server);
    }

    private static Optional<Region> found(AwsRegionProvider chain) {
        try {
            return Optional.ofNullable(chain.getRegion());
        } catch (SdkClientException none) {
            return Optional.empty();
        }
    }
}
