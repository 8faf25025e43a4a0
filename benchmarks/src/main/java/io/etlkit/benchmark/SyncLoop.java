package io.etlkit.benchmark;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.crt.AwsCrtHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;

/** The bare loop on the synchronous client: a thread for each call that is outstanding. */
final class SyncLoop {
    enum Http {
        CRT {
            @Override
            SdkHttpClient client(int connections) {
                return AwsCrtHttpClient.builder().maxConcurrency(connections).build();
            }
        },
        URL_CONNECTION {
            @Override
            SdkHttpClient client(int connections) {
                return UrlConnectionHttpClient.create();
            }
        };

        abstract SdkHttpClient client(int connections);
    }

    private final URI queueUrl;
    private final Http http;
    private final int outstanding;
    private final BareCalls calls;

    SyncLoop(URI queueUrl, Http http, int outstanding) {
        this.queueUrl = queueUrl;
        this.http = http;
        this.outstanding = outstanding;
        this.calls = new BareCalls(queueUrl);
    }

    long run() {
        ExecutorService threads = Executors.newFixedThreadPool(outstanding);
        try (SdkHttpClient httpClient = http.client(outstanding);
                SqsClient client = SqsClient.builder()
                        .httpClient(httpClient)
                        .endpointOverride(BareCalls.endpoint(queueUrl))
                        .region(Region.US_EAST_1)
                        .credentialsProvider(BareCalls.credentials())
                        .build()) {
            List<Future<Long>> chains = new ArrayList<>();
            for (int chain = 0; chain < outstanding; chain++) {
                chains.add(threads.submit(() -> chain(client)));
            }
            long deleted = 0;
            for (Future<Long> chain : chains) {
                deleted += chain.get();
            }
            return deleted;
        } catch (InterruptedException | ExecutionException failed) {
            throw new IllegalStateException("the loop ended early", failed);
        } finally {
            threads.shutdownNow();
        }
    }

    private long chain(SqsClient client) {
        long deleted = 0;
        while (true) {
            List<Message> messages = client.receiveMessage(calls.receive()).messages();
            if (messages.isEmpty()) {
                return deleted;
            }
            deleted += client.deleteMessageBatch(calls.delete(messages))
                    .successful()
                    .size();
        }
    }
}
