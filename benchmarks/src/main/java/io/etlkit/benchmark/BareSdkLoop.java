package io.etlkit.benchmark;

import io.etlkit.benchmark.AsyncLoop.Http;
import java.net.URI;
import java.util.Locale;

/**
 * What the AWS SDK gives on its own: receive ten, delete ten, until the queue is empty. Its own process, because it is
 * measured from a cold start:
 *
 * <pre>{@code
 * java -cp ... io.etlkit.benchmark.BareSdkLoop QUEUE_URL async-crt|async-netty|sync-crt|sync-url [OUTSTANDING]
 * }</pre>
 *
 * <p>Prints the number of messages that it deleted.
 */
final class BareSdkLoop {
    /** On two cores the rate grows up to about here, and stays. */
    private static final int DEFAULT_OUTSTANDING = 16;

    private BareSdkLoop() {}

    public static void main(String[] arguments) {
        URI queueUrl = URI.create(arguments[0]);
        String kind = arguments[1].toLowerCase(Locale.ROOT);
        int outstanding = arguments.length > 2 ? Integer.parseInt(arguments[2]) : DEFAULT_OUTSTANDING;
        long deleted = switch (kind) {
            case "async-crt" -> new AsyncLoop(queueUrl, Http.CRT, outstanding).run();
            case "async-netty" -> new AsyncLoop(queueUrl, Http.NETTY, outstanding).run();
            case "sync-crt" -> new SyncLoop(queueUrl, SyncLoop.Http.CRT, outstanding).run();
            case "sync-url" -> new SyncLoop(queueUrl, SyncLoop.Http.URL_CONNECTION, outstanding).run();
            default -> throw new IllegalArgumentException("no such loop: " + kind);
        };
        System.out.println(deleted);
    }
}
