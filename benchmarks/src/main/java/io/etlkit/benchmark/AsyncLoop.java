package io.etlkit.benchmark;

import java.net.URI;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import software.amazon.awssdk.core.client.config.SdkAdvancedAsyncClientOption;
import software.amazon.awssdk.http.async.SdkAsyncHttpClient;
import software.amazon.awssdk.http.crt.AwsCrtAsyncHttpClient;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;

/**
 * The bare loop on the asynchronous client: as many chains of receive and delete as are asked for, each going on when its
 * last call is answered, on the HTTP client's own threads.
 */
final class AsyncLoop {
    enum Http {
        CRT {
            @Override
            SdkAsyncHttpClient client(int connections) {
                return AwsCrtAsyncHttpClient.builder()
                        .maxConcurrency(connections)
                        .build();
            }
        },
        NETTY {
            @Override
            SdkAsyncHttpClient client(int connections) {
                return NettyNioAsyncHttpClient.builder()
                        .maxConcurrency(connections)
                        .build();
            }
        };

        abstract SdkAsyncHttpClient client(int connections);
    }

    private final URI queueUrl;
    private final Http http;
    private final int outstanding;
    private final BareCalls calls;
    private final AtomicLong deleted = new AtomicLong();

    AsyncLoop(URI queueUrl, Http http, int outstanding) {
        this.queueUrl = queueUrl;
        this.http = http;
        this.outstanding = outstanding;
        this.calls = new BareCalls(queueUrl);
    }

    long run() {
        try (SdkAsyncHttpClient httpClient = http.client(outstanding);
                SqsAsyncClient client = SqsAsyncClient.builder()
                        .httpClient(httpClient)
                        .endpointOverride(BareCalls.endpoint(queueUrl))
                        .region(Region.US_EAST_1)
                        .credentialsProvider(BareCalls.credentials())
                        .asyncConfiguration(configuration -> configuration.advancedOption(
                                SdkAdvancedAsyncClientOption.FUTURE_COMPLETION_EXECUTOR, (Executor) Runnable::run))
                        .build()) {
            CompletableFuture<?>[] chains =
                    Stream.generate(() -> chain(client)).limit(outstanding).toArray(CompletableFuture[]::new);
            CompletableFuture.allOf(chains).join();
        }
        return deleted.get();
    }

    /** Ends at the first answer without a message. */
    private CompletableFuture<Void> chain(SqsAsyncClient client) {
        return client.receiveMessage(calls.receive())
                .thenCompose(answer -> answer.messages().isEmpty()
                        ? CompletableFuture.completedFuture(null)
                        : client.deleteMessageBatch(calls.delete(answer.messages()))
                                .thenCompose(done -> {
                                    deleted.addAndGet(done.successful().size());
                                    return chain(client);
                                }));
    }
}
