package io.etlkit.source.sqs;

import io.etlkit.api.DeadLetterSinkFactory;
import io.etlkit.api.EtlPlugin;
import io.etlkit.api.SourceFactory;
import java.util.List;

/** Offers the {@code sqs} source and the {@code sqs} dead-letter sink. Stateless. */
public final class SqsPlugin implements EtlPlugin {
    /** For the {@link java.util.ServiceLoader}. */
    public SqsPlugin() {}

    /**
     * The factory of the {@code sqs} source. Making a source asks the queue for its attributes, so it blocks for a moment
     * and fails when the queue is not there or may not be read; it then receives ahead of being polled.
     */
    public static SourceFactory<SqsSourceConfig> sqs() {
        return SourceFactory.of(
                "sqs", "Reads messages off an AWS SQS queue.", SqsSourceConfig.class, SqsSources::create);
    }

    /**
     * The factory of the {@code sqs} dead-letter sink. Making a sink, or opening what it has kept, asks the queue for its
     * attributes, so it blocks for a moment and fails when the queue is not there or may not be used.
     */
    public static DeadLetterSinkFactory<SqsDeadLetterConfig> deadLetters() {
        return DeadLetterSinkFactory.of(
                "sqs",
                "Keeps rejected records in an AWS SQS queue, one message each, for 14 days at the most.",
                SqsDeadLetterConfig.class,
                SqsDeadLetterSink::start,
                SqsDeadLetterStore::start);
    }

    @Override
    public List<DeadLetterSinkFactory<?>> deadLetterSinks() {
        return List.of(deadLetters());
    }

    @Override
    public List<SourceFactory<?>> sources() {
        return List.of(sqs());
    }
}
