package io.etlkit.source.sqs;

import io.etlkit.api.DeadLetterSinkFactory;
import io.etlkit.api.EtlPlugin;
import io.etlkit.api.SourceFactory;
import io.etlkit.api.StartupException;
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
     * The factory of the {@code sqs} dead-letter sink. Making a sink asks the queue for its attributes, so it blocks for a
     * moment and fails when the queue is not there or may not be used. Its dead letters cannot be listed; they are read with
     * the {@code sqs} source and {@code decode: { format: dead-letter }}.
     */
    public static DeadLetterSinkFactory<SqsDeadLetterConfig> deadLetters() {
        return DeadLetterSinkFactory.of(
                "sqs",
                "Keeps rejected records in an AWS SQS queue, one message each, for 14 days at the most.",
                SqsDeadLetterConfig.class,
                SqsDeadLetterSink::start,
                (config, context) -> {
                    throw new StartupException("the dead letters in the SQS queue "
                            + QueueAddress.parse(config.queue()).name()
                            + " cannot be listed, shown or replayed here: a queue can only be received from; to put them"
                            + " through the pipeline again, run it with this queue as its source and"
                            + " decode: { format: dead-letter }");
                });
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
