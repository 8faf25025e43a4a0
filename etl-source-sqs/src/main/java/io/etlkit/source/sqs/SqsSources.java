package io.etlkit.source.sqs;

import io.etlkit.api.PluginContext;
import io.etlkit.api.RejectPolicy;
import io.etlkit.api.Source;
import io.etlkit.api.StartupException;
import io.etlkit.api.TransientException;
import io.etlkit.source.sqs.SqsClients.Target;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.sqs.model.GetQueueUrlRequest;
import software.amazon.awssdk.services.sqs.model.GetQueueUrlResponse;

/** Makes sources: finds the queue, checks its settings, and starts to receive. */
final class SqsSources {
    private static final Logger log = LoggerFactory.getLogger(SqsSource.class);
    private static final Duration SHORT_VISIBILITY = Duration.ofMinutes(2);
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
            check(attributes, messages, context);
            SqsSource source = new SqsSource(
                    api, thread, thread::close, messages, limits, attributes.visibilityTimeout(), context);
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

    private static void check(SqsApi.Attributes attributes, FailureMessages messages, PluginContext context) {
        Duration visibility = attributes.visibilityTimeout();
        if (visibility.isZero()) {
            throw new StartupException(
                    "the " + messages.queue() + " has a visibility timeout of 0 s, so every message would"
                            + " be delivered again while it is worked on; set the queue's VisibilityTimeout to 120 or more");
        }
        if (context.onReject() == RejectPolicy.RELEASE && !attributes.redrive()) {
            throw new StartupException(
                    "onReject: release needs a redrive policy, or rejected messages come again for ever,"
                            + " but the " + messages.queue()
                            + " has none; give the queue a RedrivePolicy, or use deadLetter, fail or drop");
        }
        if (visibility.compareTo(SHORT_VISIBILITY) < 0 && context.lane() == 0) {
            log.warn(
                    "the {} hides messages for {} s only; they are kept hidden while they are worked on, but a short"
                            + " pause of this process may have them delivered twice: 120 s or more are better",
                    messages.queue(),
                    visibility.toSeconds());
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
