package io.etlkit.secrets.aws;

import io.etlkit.api.StartupException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkClient;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.retry.RetryMode;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;

/**
 * Makes the SDK's clients, one for each call, for there are few. Credentials are the SDK's default chain's, and so is the region
 * where neither a setting nor an ARN names it. The endpoint is AWS's own unless the environment names another
 * ({@code AWS_ENDPOINT_URL_KMS}, {@code AWS_ENDPOINT_URL_SECRETS_MANAGER}, {@code AWS_ENDPOINT_URL}). Safe for any thread.
 */
final class AwsClients {
    private static final Duration ATTEMPT = Duration.ofSeconds(5);
    private static final Duration CALL = Duration.ofSeconds(20);
    private static final Pattern ARN = Pattern.compile("arn:[a-z0-9-]+:[a-z]+:([a-z0-9-]+):.*");
    private static final Pattern REGION = Pattern.compile("[a-z0-9-]+");

    private final Optional<AwsCredentialsProvider> credentials;
    private final Optional<URI> endpoint;

    /** For tests, with credentials and an endpoint of their own. */
    AwsClients(Optional<AwsCredentialsProvider> credentials, Optional<URI> endpoint) {
        this.credentials = credentials;
        this.endpoint = endpoint;
    }

    static AwsClients ofProcess() {
        return new AwsClients(Optional.empty(), Optional.empty());
    }

    /**
     * Calls a service.
     *
     * @param what what messages call the thing that is asked for
     * @param region the region, where it is named
     * @param id the thing's id or ARN, which may name a region
     * @throws StartupException when the service refuses, or can not be reached
     */
    <B extends AwsSyncClientBuilder<B, C> & AwsClientBuilder<B, C>, C extends SdkClient, T> T call(
            B builder, String what, Optional<String> region, String id, Function<C, T> call) {
        builder.httpClientBuilder(UrlConnectionHttpClient.builder().connectionTimeout(ATTEMPT))
                .region(region(what, region, id))
                .overrideConfiguration(override -> override.retryStrategy(RetryMode.STANDARD)
                        .apiCallAttemptTimeout(ATTEMPT)
                        .apiCallTimeout(CALL));
        credentials.ifPresent(builder::credentialsProvider);
        endpoint.ifPresent(builder::endpointOverride);
        try (C client = builder.build()) {
            return call.apply(client);
        } catch (AwsServiceException refused) {
            // The service's words may quote what was sent.
            throw new StartupException(what + ": AWS refused with "
                    + Optional.ofNullable(refused.awsErrorDetails())
                            .map(AwsErrorDetails::errorCode)
                            .orElse("no code") + " (status "
                    + refused.statusCode() + ")");
        } catch (SdkException failed) {
            throw new StartupException(what + ": AWS can not be reached, or there are no credentials ("
                    + failed.getClass().getSimpleName() + ")");
        }
    }

    private static Region region(String what, Optional<String> named, String id) {
        Matcher arn = ARN.matcher(id);
        Optional<String> region = named.or(() -> arn.matches() ? Optional.of(arn.group(1)) : Optional.empty());
        if (region.isPresent()) {
            // It becomes part of a host's name.
            return region.filter(name -> REGION.matcher(name).matches())
                    .map(Region::of)
                    .orElseThrow(() -> new StartupException(what + ": the region is none"));
        }
        try {
            return new DefaultAwsRegionProviderChain().getRegion();
        } catch (SdkException unknown) {
            throw new StartupException(
                    what + ": the region is not known; set AWS_REGION, or name the thing by its ARN");
        }
    }
}
