package io.etlkit.source.sqs;

import io.etlkit.api.DeadLetterSinkFactory;
import io.etlkit.api.EtlPlugin;
import io.etlkit.api.SourceFactory;
import io.etlkit.api.StartupException;
import io.etlkit.source.sqs.internal.deadletter.SqsDeadLetterSink;
import io.etlkit.source.sqs.internal.source.SqsSource;
import java.util.List;

/** The {@code sqs} source and the {@code sqs} dead-letter sink. Stateless. */
public final class SqsPlugin implements EtlPlugin {
    /** For the {@link java.util.ServiceLoader}. */
    public SqsPlugin() {}

    /**
     * The factory of the {@code sqs} source. Making a source reads the queue's attributes, so it blocks for a moment and fails
     * when the queue does not exist or cannot be read. The source then receives ahead of {@code poll}.
     */
    public static SourceFactory<SqsSourceConfig> sqs() {
        return SourceFactory.of(
                "sqs", "Reads messages off an AWS SQS queue.", SqsSourceConfig.class, (config, context) -> {
                    SqsSource source = SqsSource.create(config.connection(), config.limits(context), context);
                    source.start();
                    return source;
                });
    }

    /**
     * The factory of the {@code sqs} dead-letter sink. Making a sink reads the queue's attributes, so it blocks for a moment
     * and fails when the queue does not exist or cannot be used. Its dead letters cannot be listed: they are read with the
     * {@code sqs} source and {@code decode: { format: dead-letter }}.
     */
    public static DeadLetterSinkFactory<SqsDeadLetterConfig> deadLetters() {
        return DeadLetterSinkFactory.of(
                "sqs",
                "Keeps rejected records in an AWS SQS queue, one message each, for 14 days at the most.",
                SqsDeadLetterConfig.class,
                (config, context) -> SqsDeadLetterSink.create(config.connection(), context),
                (config, context) -> {
                    throw new StartupException("the dead letters in the SQS queue "
                            + config.connection().queue().name()
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
