package io.etlkit.drills;

import io.etlkit.api.config.Secret;
import io.etlkit.api.value.FieldPath;
import io.etlkit.engine.BatchConfig;
import io.etlkit.engine.DeadLetterPolicy;
import io.etlkit.engine.Pipeline;
import io.etlkit.engine.PipelineBuilder;
import io.etlkit.engine.RetryConfig;
import io.etlkit.sink.postgres.PostgresDeadLetterConfig;
import io.etlkit.sink.postgres.PostgresDeadLetterSinkFactory;
import io.etlkit.sink.postgres.PostgresSinkConfig;
import io.etlkit.sink.postgres.PostgresSinkConfigBuilder;
import io.etlkit.sink.postgres.PostgresSinkFactory;
import io.etlkit.sink.postgres.SchemaMode;
import io.etlkit.source.sqs.SqsPlugin;
import io.etlkit.source.sqs.SqsSourceConfig;
import io.etlkit.transform.core.CoreTransforms;
import io.etlkit.transform.core.RequireConfig;
import io.etlkit.transform.core.SelectConfig;
import io.etlkit.transform.mask.MaskConfig;
import io.etlkit.transform.mask.MaskField;
import io.etlkit.transform.mask.MaskPlugin;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** The example's pipeline in this JVM, with timeouts that suit a drill. */
final class LoginPipeline {
    /** How long a server may be silent. */
    private static final int SILENCE_SECONDS = 3;

    private LoginPipeline() {}

    /** Describes a pipeline on a site, through its proxies. */
    static PipelineBuilder on(Site site) {
        return on(site, table -> table);
    }

    /** Describes a pipeline whose writes wait for locks longer than a drill lasts. */
    static PipelineBuilder waitingForLocks(Site site) {
        Duration hour = Duration.ofHours(1);
        return on(
                site,
                table ->
                        table.url(site.databaseUrl(3600)).statementTimeout(hour).lockTimeout(hour));
    }

    /**
     * Describes a pipeline on a site, through its proxies.
     *
     * @param changes to the Postgres sink's options
     */
    static PipelineBuilder on(Site site, UnaryOperator<PostgresSinkConfigBuilder> changes) {
        SqsSourceConfig queue = SqsSourceConfig.builder()
                .queue(Site.QUEUE)
                .region("us-east-1")
                .endpoint(URI.create(site.queueEndpoint()))
                .accessKeyId("test")
                .secretAccessKey(Secret.of("test"))
                .maxReceives(4)
                .waitTime(Duration.ofSeconds(1))
                .build();
        MaskConfig mask = MaskConfig.of(
                site.keyset().toString(),
                MaskField.of("ip", "aes-gcm").withTo("masked_ip").withType("ip"),
                MaskField.of("device_id", "aes-gcm").withTo("masked_device_id"));
        Secret password = Secret.of(site.database().password());
        PostgresSinkConfigBuilder table = PostgresSinkConfig.builder()
                .url(site.databaseUrl(SILENCE_SECONDS))
                .user(site.database().user())
                .password(password)
                .table("user_logins")
                .schema(SchemaMode.EVOLVE)
                .columns(Map.of("app_version", "varchar(32)"))
                .statementTimeout(Duration.ofSeconds(1))
                .lockTimeout(Duration.ofMillis(200));
        PostgresDeadLetterConfig deadLetters = PostgresDeadLetterConfig.builder()
                .url(site.databaseUrl(SILENCE_SECONDS))
                .user(site.database().user())
                .password(password)
                .build();
        return Pipeline.builder("user-logins")
                .pii(paths("ip", "device_id"))
                .source(SqsPlugin.sqs(), queue)
                .transform(CoreTransforms.REQUIRE, new RequireConfig(paths("user_id", "device_id", "ip")))
                .transform(MaskPlugin.MASK, mask)
                .transform(
                        CoreTransforms.SELECT,
                        new SelectConfig(paths(
                                "user_id", "device_type", "masked_ip", "masked_device_id", "locale", "app_version")))
                .sink(new PostgresSinkFactory(), changes.apply(table).build())
                .deadLetters(new PostgresDeadLetterSinkFactory(), deadLetters, DeadLetterPolicy.defaults())
                .batch(BatchConfig.builder()
                        .maxRecords(1000)
                        .maxWait(Duration.ofMillis(50))
                        .build())
                .retry(RetryConfig.builder()
                        .initialDelay(Duration.ofMillis(20))
                        .maxDelay(Duration.ofMillis(200))
                        .build());
    }

    private static List<FieldPath> paths(String... paths) {
        return Stream.of(paths).map(FieldPath::parse).toList();
    }
}
