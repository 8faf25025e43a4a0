package io.etlkit.source.sqs.internal.source;

import io.etlkit.api.DeliveryId;
import io.etlkit.api.EtlRecord;
import io.etlkit.api.Sink;
import io.etlkit.api.SinkFactory;
import io.etlkit.api.WriteResult;
import io.etlkit.engine.Pipeline;
import io.etlkit.engine.RunReport;
import io.etlkit.source.sqs.SqsPlugin;
import io.etlkit.source.sqs.SqsSourceConfig.HttpClient;
import io.etlkit.testkit.NoConfig;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** A pipeline of two lanes in a process of its own; {@link SmallHeapIT} gives it little memory. */
final class SmallHeapMain {
    private SmallHeapMain() {}

    /** Takes the queue's URL. */
    public static void main(String[] arguments) throws InterruptedException {
        URI queue = URI.create(arguments[0]);
        URI endpoint = URI.create(queue.getScheme() + "://" + queue.getAuthority());
        RunReport report = Pipeline.builder("large")
                .source(SqsPlugin.sqs(), SourceOverElasticMq.config(queue.toString(), endpoint, HttpClient.CRT))
                .sink(
                        SinkFactory.of(
                                "forgetful", "Keeps nothing.", NoConfig.class, (config, context) -> new Nothing()),
                        new NoConfig())
                .lanes(2)
                .untilIdle(Duration.ofSeconds(2))
                .build()
                .start()
                .await();
        System.out.println("written " + report.written() + ", failure " + report.failure());
        System.exit(report.failure().isEmpty() ? 0 : 1);
    }

    private static final class Nothing implements Sink {
        @Override
        public WriteResult write(List<EtlRecord> batch) {
            Set<DeliveryId> all = batch.stream().map(EtlRecord::delivery).collect(Collectors.toSet());
            return WriteResult.allWritten(all);
        }

        @Override
        public void close() {}
    }
}
