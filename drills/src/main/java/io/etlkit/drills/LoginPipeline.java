package io.etlkit.drills;

import io.etlkit.api.value.FieldPath;
import io.etlkit.engine.BatchConfig;
import io.etlkit.engine.DeadLetterPolicy;
import io.etlkit.engine.Pipeline;
import io.etlkit.engine.PipelineBuilder;
import io.etlkit.engine.RetryConfig;
import io.etlkit.engine.config.ConfigBuilder;
import io.etlkit.sink.postgres.PostgresDeadLetterConfig;
import io.etlkit.sink.postgres.PostgresDeadLetterFactory;
import io.etlkit.sink.postgres.PostgresSinkConfig;
import io.etlkit.sink.postgres.PostgresSinkFactory;
import io.etlkit.source.sqs.SqsPlugin;
import io.etlkit.source.sqs.SqsSourceConfig;
import io.etlkit.transform.core.CoreTransforms;
import io.etlkit.transform.core.RequireConfig;
import io.etlkit.transform.core.SelectConfig;
import io.etlkit.transform.mask.MaskConfig;
import io.etlkit.transform.mask.MaskField;
import io.etlkit.transform.mask.MaskPlugin;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The example's pipeline in this JVM, with timeouts that a drill has the time for. */
final class LoginPipeline {
    /** A server that says nothing for so long is given up. */
    private static final int SILENCE_SECONDS = 3;

    private LoginPipeline() {}

    /** Begins a pipeline on a site, through its proxies. */
    static PipelineBuilder on(Site site) {
        return on(site, Map.of());
    }

    /** Begins a pipeline whose writes wait for others' locks longer than a drill lasts. */
    static PipelineBuilder waitingForLocks(Site site) {
        return on(site, Map.of("url", site.databaseUrl(3600), "statementTimeout", "1h", "lockTimeout", "1h"));
    }

    /**
     * Begins a pipeline on a site, through its proxies.
     *
     * @param options of the Postgres sink, where they are to be others
     */
    static PipelineBuilder on(Site site, Map<String, Object> options) {
        SqsSourceConfig queue = ConfigBuilder.of(SqsSourceConfig.class)
                .set("queue", Site.QUEUE)
                .set("region", "us-east-1")
                .set("endpoint", site.queueEndpoint())
                .set("accessKeyId", "test")
                .set("secretAccessKey", "test")
                .set("maxReceives", 4)
                .set("waitTime", "1s")
                .build();
        MaskConfig mask = MaskConfig.of(
                site.keyset().toString(),
                MaskField.of("ip", "aes-gcm").withTo("masked_ip").withType("ip"),
                MaskField.of("device_id", "aes-gcm").withTo("masked_device_id"));
        ConfigBuilder<PostgresSinkConfig> table = database(PostgresSinkConfig.class, site)
                .set("table", "user_logins")
                .set("schema", "evolve")
                .set("columns", Map.of("app_version", "varchar(32)"))
                .set("statementTimeout", "1s")
                .set("lockTimeout", "200ms");
        options.forEach(table::set);
        return Pipeline.builder("user-logins")
                .pii(paths("ip", "device_id"))
                .source(SqsPlugin.sqs(), queue)
                .transform(CoreTransforms.REQUIRE, new RequireConfig(paths("user_id", "device_id", "ip")))
                .transform(MaskPlugin.MASK, mask)
                .transform(
                        CoreTransforms.SELECT,
                        new SelectConfig(paths(
                                "user_id", "device_type", "masked_ip", "masked_device_id", "locale", "app_version")))
                .sink(new PostgresSinkFactory(), table.build())
                .deadLetters(
                        new PostgresDeadLetterFactory(),
                        database(PostgresDeadLetterConfig.class, site).build(),
                        DeadLetterPolicy.defaults())
                .batch(BatchConfig.builder()
                        .maxRecords(1000)
                        .maxWait(Duration.ofMillis(50))
                        .build())
                .retry(RetryConfig.builder()
                        .initialDelay(Duration.ofMillis(20))
                        .maxDelay(Duration.ofMillis(200))
                        .build());
    }

    private static <C extends Record> ConfigBuilder<C> database(Class<C> type, Site site) {
        return ConfigBuilder.of(type)
                .set("url", site.databaseUrl(SILENCE_SECONDS))
                .set("user", site.database().user())
                .set("password", site.database().password());
    }

    private static List<FieldPath> paths(String... paths) {
        return Stream.of(paths).map(FieldPath::parse).toList();
    }
}
