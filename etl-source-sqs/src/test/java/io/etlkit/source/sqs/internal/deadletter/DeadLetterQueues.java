package io.etlkit.source.sqs.internal.deadletter;

import io.etlkit.api.DeadLetter;
import io.etlkit.api.DeadLetter.Original;
import io.etlkit.api.DeadLetter.Stage;
import io.etlkit.api.DeadLetterSink;
import io.etlkit.api.RecordKey;
import io.etlkit.api.Rejection;
import io.etlkit.api.config.Secret;
import io.etlkit.source.sqs.SqsDeadLetterConfig;
import io.etlkit.source.sqs.SqsPlugin;
import io.etlkit.source.sqs.SqsSourceConfig;
import io.etlkit.source.sqs.SqsSourceConfig.HttpClient;
import io.etlkit.testkit.TestContext;
import io.etlkit.testkit.TestQueue;
import io.etlkit.testkit.TestRecords;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Dead letters of the pipeline {@code test}, and sinks that keep them in queues of stand-ins. */
final class DeadLetterQueues {
    private DeadLetterQueues() {}

    static SqsDeadLetterConfig config(TestQueue queue) {
        return config(queue.name(), queue.endpoint());
    }

    static SqsDeadLetterConfig config(String queue, URI endpoint) {
        return new SqsDeadLetterConfig(
                queue,
                Optional.of("us-east-1"),
                Optional.of(endpoint),
                HttpClient.CRT,
                Optional.of("test"),
                Optional.of(Secret.of("test")));
    }

    /** A source that reads what a sink of this configuration writes. */
    static SqsSourceConfig source(SqsDeadLetterConfig sink) {
        return new SqsSourceConfig(
                sink.queue(),
                sink.region(),
                sink.endpoint(),
                sink.httpClient(),
                Optional.empty(),
                Optional.empty(),
                4,
                Duration.ofSeconds(1),
                sink.accessKeyId(),
                sink.secretAccessKey());
    }

    static DeadLetterSink sink(SqsDeadLetterConfig config) {
        return SqsPlugin.deadLetters().create(config, TestContext.defaults());
    }

    static DeadLetter letter(String id, Original original) {
        return new DeadLetter(
                "test",
                new RecordKey(id, TestRecords.SENT_AT),
                Stage.SINK,
                Optional.empty(),
                Rejection.of("value_too_long", "what is wrong"),
                1,
                TestRecords.SENT_AT.plusSeconds(60),
                original);
    }

    static List<DeadLetter> letters(int count, Original original) {
        return IntStream.range(0, count)
                .mapToObj(number -> letter("m" + number, original))
                .toList();
    }
}
