package io.etlkit.source.sqs;

import io.etlkit.api.StartupException;
import io.etlkit.api.TransientException;
import io.etlkit.api.config.Secret;
import io.etlkit.source.sqs.SqsSourceConfig.HttpClient;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.client.config.SdkAdvancedAsyncClientOption;
import software.amazon.awssdk.core.retry.RetryMode;
import software.amazon.awssdk.crt.CRT;
import software.amazon.awssdk.http.async.SdkAsyncHttpClient;
import software.amazon.awssdk.http.crt.AwsCrtAsyncHttpClient;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;
import software.amazon.awssdk.services.sqs.SqsAsyncClientBuilder;

/**
 * The SDK's clients of one source: one for receives and one for everything else, each with connections of its own, for long
 * polls would starve the deletes. Answers are worked on where they arrive, on the HTTP client's threads: nothing there may
 * block. Safe for any thread.
 */
final class SqsClients implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(SqsSource.class);

    /** Deletes and visibility changes, 32 each at the most, and a few questions. */
    private static final int CONTROL_CONNECTIONS = 72;

    private static final Duration CONTROL_ATTEMPT = Duration.ofSeconds(10);
    private static final Duration CONTROL_CALL = Duration.ofSeconds(25);

    /** What a receive may take beyond its long poll. */
    private static final Duration RECEIVE_MARGIN = Duration.ofSeconds(10);

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

    private static volatile boolean crtHasLoaded;

    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private final SqsAsyncClient receiving;
    private final SqsAsyncClient control;

    /**
     * Makes the clients; connects to nothing.
     *
     * @param wait the receives' long poll
     * @param timers watches the timeouts; must forget what is cancelled
     * @throws StartupException when the HTTP client does not load
     */
    SqsClients(SqsSourceConfig config, Target target, Duration wait, ScheduledExecutorService timers) {
        try {
            if (config.httpClient() == HttpClient.CRT) {
                keepCrtRunning();
            }
            AwsCredentialsProvider credentials = credentials(config);
            Duration receiveAttempt = wait.plus(RECEIVE_MARGIN);
            this.receiving = client(
                    http(config.httpClient(), config.maxReceives(), receiveAttempt),
                    target,
                    credentials,
                    new Timeouts(receiveAttempt, receiveAttempt.plus(RECEIVE_MARGIN), timers));
            this.control = client(
                    http(config.httpClient(), CONTROL_CONNECTIONS, CONTROL_ATTEMPT),
                    target,
                    credentials,
                    new Timeouts(CONTROL_ATTEMPT, CONTROL_CALL, timers));
        } catch (RuntimeException | Error failure) {
            close();
            throw failure;
        }
    }

    /**
     * Where requests go.
     *
     * @param region the region that signs them
     * @param server the server, when it is not the region's own
     */
    record Target(Region region, Optional<URI> server) {}

    private record Timeouts(Duration attempt, Duration call, ScheduledExecutorService timers) {}

    /** The client for receives. */
    SqsAsyncClient receiving() {
        return receiving;
    }

    /** The client for everything else. */
    SqsAsyncClient control() {
        return control;
    }

    private SqsAsyncClient client(
            SdkAsyncHttpClient http, Target target, AwsCredentialsProvider credentials, Timeouts timeouts) {
        SqsAsyncClientBuilder builder = SqsAsyncClient.builder()
                .httpClient(http)
                .region(target.region())
                .credentialsProvider(credentials)
                .overrideConfiguration(override -> override.retryStrategy(RetryMode.STANDARD)
                        .apiCallAttemptTimeout(timeouts.attempt())
                        .apiCallTimeout(timeouts.call())
                        .scheduledExecutorService(timeouts.timers()))
                .asyncConfiguration(async -> async.advancedOption(
                        SdkAdvancedAsyncClientOption.FUTURE_COMPLETION_EXECUTOR, (Executor) Runnable::run));
        target.server().ifPresent(builder::endpointOverride);
        return closing(builder.build());
    }

    /**
     * CRT ends its threads in a shutdown hook of its own, beside the one that drains the pipeline on SIGTERM: deletes would
     * never be answered. It waits for whoever holds a reference; closing the clients gives it back last.
     */
    private void keepCrtRunning() {
        loaded(() -> {
            CRT.acquireShutdownRef();
            return closing((AutoCloseable) CRT::releaseShutdownRef);
        });
        crtHasLoaded = true;
    }

    private SdkAsyncHttpClient http(HttpClient kind, int connections, Duration silence) {
        return closing(
                switch (kind) {
                    case CRT ->
                        loaded(() -> AwsCrtAsyncHttpClient.builder()
                                .maxConcurrency(connections)
                                .connectionTimeout(CONNECT_TIMEOUT)
                                // CRT has no read timeout: a connection on which nothing moves for so long is closed.
                                .connectionHealthConfiguration(health ->
                                        health.minimumThroughputInBps(1L).minimumThroughputTimeout(silence))
                                .build());
                    case NETTY ->
                        NettyNioAsyncHttpClient.builder()
                                .maxConcurrency(connections)
                                .connectionTimeout(CONNECT_TIMEOUT)
                                .readTimeout(silence)
                                .build();
                });
    }

    /** Says what to do when the native library is missing for this machine, or may not be unpacked. */
    static <T> T loaded(Supplier<T> making) {
        try {
            return making.get();
        } catch (LinkageError | RuntimeException failure) {
            if (crtHasLoaded && isOfCrt(failure)) {
                // Nobody held it between two attempts to start, and the JVM is being shut down.
                throw new TransientException("httpClient: the library of crt has been shut down with the JVM");
            }
            if (failure instanceof LinkageError || isOfCrt(failure)) {
                throw new StartupException(
                        "httpClient: the native library of crt does not load on this machine ("
                                + System.getProperty("os.name")
                                + ", " + System.getProperty("os.arch") + "), or can not be unpacked to "
                                + System.getProperty("java.io.tmpdir") + "; set httpClient: netty",
                        failure);
            }
            throw failure;
        }
    }

    private static boolean isOfCrt(Throwable failure) {
        return failure.getClass().getName().startsWith("software.amazon.awssdk.crt.");
    }

    private AwsCredentialsProvider credentials(SqsSourceConfig config) {
        if (config.accessKeyId().isPresent()) {
            return StaticCredentialsProvider.create(AwsBasicCredentials.create(
                    config.accessKeyId().get(),
                    config.secretAccessKey().map(Secret::reveal).orElse("")));
        }
        // Renewed on a thread of its own: requests are made on the HTTP client's threads, which must not wait for it.
        return closing(DefaultCredentialsProvider.builder()
                .asyncCredentialUpdateEnabled(true)
                .build());
    }

    private <T extends AutoCloseable> T closing(T resource) {
        open.push(resource);
        return resource;
    }

    /** Ends what is under way, and closes the connections. */
    @Override
    public void close() {
        while (!open.isEmpty()) {
            try {
                open.pop().close();
            } catch (Exception notClosed) {
                // The others are to be closed all the same.
                log.debug("a client did not close: {}", notClosed.getClass().getName());
            }
        }
    }
}
