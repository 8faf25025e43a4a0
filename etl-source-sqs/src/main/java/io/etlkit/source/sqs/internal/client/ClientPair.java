package io.etlkit.source.sqs.internal.client;

import io.etlkit.api.StartupException;
import io.etlkit.api.TransientException;
import io.etlkit.source.sqs.internal.client.ConnectionSettings.Credentials;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.client.config.SdkAdvancedAsyncClientOption;
import software.amazon.awssdk.crt.CRT;
import software.amazon.awssdk.http.async.SdkAsyncHttpClient;
import software.amazon.awssdk.http.crt.AwsCrtAsyncHttpClient;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;
import software.amazon.awssdk.services.sqs.SqsAsyncClientBuilder;

/**
 * Two clients of the SDK: one for receives and one for all other calls, each with its own connections, because long polls
 * would starve the deletes. Responses are handled on the HTTP client's threads, so nothing there may block. Safe for any
 * thread.
 *
 * <p>The SDK retries nothing. Each kind of call has one owner that retries it with backoff:
 *
 * <ul>
 *   <li>receives: {@code ReceiveLoop}, for ever;
 *   <li>deletes and visibility changes: {@code BatchSender}, until the message's visibility timeout is over;
 *   <li>control calls and the dead-letter sink's sends: the engine, which calls {@code create}, {@code drained} or {@code
 *       write} again.
 * </ul>
 */
final class ClientPair implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(SqsConnection.LOGGER);

    /** The limits are the source's own: {@code maxReceives} receives and 64 batches a lane. A pool only grows when used. */
    private static final int MAX_CONNECTIONS = 10_000;

    /** How long a call may take, beyond its long poll if it has one. */
    static final Duration CALL_TIMEOUT = Duration.ofSeconds(10);

    private static final Duration LONGEST_POLL = Duration.ofSeconds(20);
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

    private static volatile boolean crtHasLoaded;

    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private final SqsAsyncClient receiving;
    private final SqsAsyncClient control;

    /**
     * Makes the clients; connects to nothing.
     *
     * @throws StartupException when the HTTP client does not load
     */
    ClientPair(Endpoint endpoint, boolean crt, Optional<Credentials> fixedCredentials) {
        try {
            SchedulerThread timeouts = closing(new SchedulerThread("etl-sqs-timeouts"));
            if (crt) {
                keepCrtRunning();
            }
            AwsCredentialsProvider credentials = credentials(fixedCredentials);
            SqsAsyncClientBuilder builder = SqsAsyncClient.builder()
                    .region(endpoint.region())
                    .credentialsProvider(credentials)
                    .overrideConfiguration(override -> override.retryStrategy(AwsRetryStrategy.doNotRetry())
                            .apiCallTimeout(CALL_TIMEOUT)
                            .scheduledExecutorService(timeouts.executor()))
                    .asyncConfiguration(async -> async.advancedOption(
                            SdkAdvancedAsyncClientOption.FUTURE_COMPLETION_EXECUTOR, (Executor) Runnable::run));
            endpoint.server().ifPresent(builder::endpointOverride);
            this.receiving = closing(builder.httpClient(http(crt, LONGEST_POLL.plus(CALL_TIMEOUT)))
                    .build());
            this.control = closing(builder.httpClient(http(crt, CALL_TIMEOUT)).build());
        } catch (RuntimeException | Error failure) {
            close();
            throw failure;
        }
    }

    /** The client for receives. */
    SqsAsyncClient receiving() {
        return receiving;
    }

    /** The client for all other calls. */
    SqsAsyncClient control() {
        return control;
    }

    /**
     * CRT ends its threads in a shutdown hook of its own, beside the one that drains the pipeline on SIGTERM: deletes would
     * never be answered. It waits for whoever holds a reference; closing the clients releases it last.
     */
    private void keepCrtRunning() {
        loaded(() -> {
            CRT.acquireShutdownRef();
            return closing((AutoCloseable) CRT::releaseShutdownRef);
        });
        crtHasLoaded = true;
    }

    private SdkAsyncHttpClient http(boolean crt, Duration silence) {
        if (!crt) {
            return closing(NettyNioAsyncHttpClient.builder()
                    .maxConcurrency(MAX_CONNECTIONS)
                    .connectionTimeout(CONNECT_TIMEOUT)
                    .readTimeout(silence)
                    .build());
        }
        return closing(loaded(() -> AwsCrtAsyncHttpClient.builder()
                .maxConcurrency(MAX_CONNECTIONS)
                .connectionTimeout(CONNECT_TIMEOUT)
                // CRT has no read timeout: it closes a connection on which nothing moves for so long.
                .connectionHealthConfiguration(
                        health -> health.minimumThroughputInBps(1L).minimumThroughputTimeout(silence))
                .build()));
    }

    /** Says what to do when the native library is missing for this machine, or cannot be unpacked. */
    static <T> T loaded(Supplier<T> making) {
        try {
            return making.get();
        } catch (LinkageError | RuntimeException failure) {
            if (crtHasLoaded && isOfCrt(failure)) {
                // It loaded before, no client kept it running, and now the JVM is shutting down.
                throw new TransientException("httpClient: the library of crt has been shut down with the JVM");
            }
            if (failure instanceof LinkageError || isOfCrt(failure)) {
                throw new StartupException(
                        "httpClient: the native library of crt does not load on this machine ("
                                + System.getProperty("os.name")
                                + ", " + System.getProperty("os.arch") + "), or cannot be unpacked to "
                                + System.getProperty("java.io.tmpdir") + "; set httpClient: netty",
                        failure);
            }
            throw failure;
        }
    }

    private static boolean isOfCrt(Throwable failure) {
        return failure.getClass().getName().startsWith("software.amazon.awssdk.crt.");
    }

    private AwsCredentialsProvider credentials(Optional<Credentials> fixed) {
        if (fixed.isPresent()) {
            return StaticCredentialsProvider.create(AwsBasicCredentials.create(
                    fixed.get().accessKeyId(), fixed.get().secretAccessKey().reveal()));
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

    /** Ends open calls and closes the connections. */
    @Override
    public void close() {
        while (!open.isEmpty()) {
            try {
                open.pop().close();
            } catch (Exception notClosed) {
                // The others must be closed all the same.
                log.debug("a client did not close: {}", notClosed.getClass().getName());
            }
        }
    }
}
