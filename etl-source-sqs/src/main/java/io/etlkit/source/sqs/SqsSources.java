package io.etlkit.source.sqs;

import io.etlkit.api.PluginContext;
import io.etlkit.api.Source;
import io.etlkit.api.TransientException;
import io.etlkit.source.sqs.SqsClients.Target;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import software.amazon.awssdk.services.sqs.model.GetQueueUrlRequest;
import software.amazon.awssdk.services.sqs.model.GetQueueUrlResponse;

/** Makes sources: finds the queue, checks its settings, and starts to receive. */
final class SqsSources {
    private static final long MOST_BYTES = 64L * 1024 * 1024;
    private static final int HEAP_SHARE = 8;

    /** What a long poll may take of the drain timeout. */
    private static final int DRAIN_PERCENT = 80;

    private SqsSources() {}

    static Source create(SqsSourceConfig config, PluginContext context) {
        QueueAddress address = QueueAddress.parse(config.queue());
        Target target = Targets.of(config, address);
        FailureMessages messages = new FailureMessages(address, target);
        SqsSource.Limits limits = limits(config, context);
        SourceThread thread = new SourceThread("etl-" + context.pipeline() + "-sqs-" + context.lane());
        try {
            SqsClients clients =
                    new SqsClients(config, target, Duration.ofSeconds(limits.waitSeconds()), thread.executor());
            return started(address, clients, thread, messages, limits, context);
        } catch (RuntimeException | Error failure) {
            thread.close();
            throw failure;
        }
    }

    private static Source started(
            QueueAddress address,
            SqsClients clients,
            SourceThread thread,
            FailureMessages messages,
            SqsSource.Limits limits,
            PluginContext context) {
        try {
            SqsApi api = new SdkSqsApi(clients, url(address, clients, messages), address.isFifo());
            SqsApi.Attributes attributes = await(api.attributes(), "GetQueueAttributes", messages);
            QueueCheck.check(attributes, messages.queue(), context);
            Duration visibility = attributes.visibilityTimeout();
            SqsSource source =
                    new SqsSource(api, thread, thread::close, messages, limits.within(visibility), visibility, context);
            source.start();
            return source;
        } catch (RuntimeException | Error failure) {
            clients.close();
            throw failure;
        }
    }

    private static String url(QueueAddress address, SqsClients clients, FailureMessages messages) {
        if (address.url().isPresent()) {
            return address.url().get().toString();
        }
        GetQueueUrlRequest.Builder request = GetQueueUrlRequest.builder().queueName(address.name());
        address.account().ifPresent(request::queueOwnerAWSAccountId);
        CompletableFuture<GetQueueUrlResponse> asked =
                SdkSqsApi.call("GetQueueUrl", () -> clients.control().getQueueUrl(request.build()));
        return await(asked, "GetQueueUrl", messages).queueUrl();
    }

    private static <T> T await(CompletableFuture<T> asked, String action, FailureMessages messages) {
        try {
            return asked.get();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new TransientException(messages.queue() + ": stopped while it was asked for");
        } catch (ExecutionException failure) {
            throw messages.atStart(SqsFailures.of(action, failure));
        }
    }

    static SqsSource.Limits limits(SqsSourceConfig config, PluginContext context) {
        int inFlight = config.maxInFlight().orElse(2 * context.batchSize() + SqsApi.BATCH * config.maxReceives());
        long heapShare = Runtime.getRuntime().maxMemory() / HEAP_SHARE / context.lanes();
        long bytes = config.maxBytes().orElse(Math.min(MOST_BYTES, heapShare));
        return new SqsSource.Limits(inFlight, bytes, config.maxReceives(), waitSeconds(config, context));
    }

    /** As long as asked for, but so that a run that is to end does not have to wait for the last answer. */
    private static int waitSeconds(SqsSourceConfig config, PluginContext context) {
        long drain = context.drainTimeout().toSeconds() * DRAIN_PERCENT / 100;
        long wait = Math.min(config.waitTime().toSeconds(), drain);
        long half =
                context.untilIdle().map(idle -> idle.dividedBy(2).toSeconds()).orElse(wait);
        return Math.toIntExact(Math.max(1, Math.min(wait, half)));
    }
}
