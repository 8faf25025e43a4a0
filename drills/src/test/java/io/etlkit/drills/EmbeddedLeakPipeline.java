package io.etlkit.drills;

import io.etlkit.api.EtlRecord;
import io.etlkit.api.FieldEffects;
import io.etlkit.api.TransformFactory;
import io.etlkit.api.config.Expression;
import io.etlkit.api.config.ExpressionCompiler;
import io.etlkit.api.config.ExpressionException;
import io.etlkit.api.config.Secret;
import io.etlkit.api.value.FieldPath;
import io.etlkit.engine.DeadLetterPolicy;
import io.etlkit.engine.DecodeConfig;
import io.etlkit.engine.Pipeline;
import io.etlkit.engine.PipelineBuilder;
import io.etlkit.engine.Step;
import io.etlkit.sink.postgres.PostgresDeadLetterConfig;
import io.etlkit.sink.postgres.PostgresDeadLetterSinkFactory;
import io.etlkit.sink.postgres.PostgresSinkConfig;
import io.etlkit.sink.postgres.PostgresSinkFactory;
import io.etlkit.source.sqs.SqsPlugin;
import io.etlkit.source.sqs.SqsSourceConfig;
import io.etlkit.source.sqs.SqsSourceConfig.HttpClient;
import io.etlkit.testkit.TestDatabase;
import io.etlkit.transform.core.CastConfig;
import io.etlkit.transform.core.CastType;
import io.etlkit.transform.core.ComputeConfig;
import io.etlkit.transform.core.CoreTransforms;
import io.etlkit.transform.core.RequireConfig;
import io.etlkit.transform.core.SelectConfig;
import io.etlkit.transform.mask.MaskConfig;
import io.etlkit.transform.mask.MaskField;
import io.etlkit.transform.mask.MaskPlugin;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The pipeline of {@link LeakSite} as a Java service would build it. */
final class EmbeddedLeakPipeline {
    /** Logs records the way that a user's own step may: by their {@code toString}. */
    private static final TransformFactory<BlurtingPlugin.Config> WITNESS = TransformFactory.of(
            "witness",
            "Logs what passes.",
            BlurtingPlugin.Config.class,
            (config, context) -> EmbeddedLeakPipeline::witness,
            config -> FieldEffects.none());

    private static final Logger log = LoggerFactory.getLogger(EmbeddedLeakPipeline.class);

    private final SqsSourceConfig queue;
    private final PostgresSinkConfig table;
    private final PostgresDeadLetterConfig deadLetters;
    private final MaskConfig mask;

    /** Reads a site's queue. */
    EmbeddedLeakPipeline(LeakSite site, String httpClient) {
        this(site, httpClient, site.queue().name(), site.queue().endpoint().toString());
    }

    /** Reads another queue. */
    EmbeddedLeakPipeline(LeakSite site, String httpClient, String queueName, String endpoint) {
        queue = SqsSourceConfig.builder()
                .queue(queueName)
                .region("us-east-1")
                .endpoint(URI.create(endpoint))
                .accessKeyId("test")
                .secretAccessKey(Secret.of(site.secretAccessKey()))
                .httpClient(HttpClient.valueOf(httpClient.toUpperCase(Locale.ROOT)))
                .waitTime(Duration.ofSeconds(1))
                .build();
        TestDatabase database = site.database();
        table = PostgresSinkConfig.builder()
                .url(database.jdbcUrl())
                .user(database.user())
                .password(Secret.of(database.password()))
                .table("user_logins")
                .build();
        deadLetters = PostgresDeadLetterConfig.builder()
                .url(database.jdbcUrl())
                .user(database.user())
                .password(Secret.of(database.password()))
                .build();
        mask = MaskConfig.of(
                site.keyset().toString(),
                MaskField.of("ip", "aes-gcm").withTo("masked_ip").withType("ip"),
                MaskField.of("device_id", "aes-gcm").withTo("masked_device_id"));
    }

    /** Begins it; it ends when the queue is empty. */
    PipelineBuilder pipeline(DecodeConfig.Envelope envelope) {
        return Pipeline.builder("leak-drill")
                .pii(paths("ip", "device_id"))
                .source(SqsPlugin.sqs(), queue)
                .decode(DecodeConfig.builder()
                        .format(DecodeConfig.Format.JSON)
                        .envelope(envelope)
                        .build())
                .transform(WITNESS, new BlurtingPlugin.Config())
                .transform(Step.of(BlurtingPlugin.BLURT, new BlurtingPlugin.Config())
                        .when(expression("has(body.blurt)")))
                .transform(Step.of(TattlingPlugin.TATTLE, new TattlingPlugin.Config())
                        .when(expression("has(body.tattle)")))
                .transform(
                        Step.of(CoreTransforms.COMPUTE, new ComputeConfig(Map.of("born", expression("int(body.born)"))))
                                .when(expression("has(body.born)")))
                .transform(CoreTransforms.CAST, new CastConfig(Map.of("age", CastType.INTEGER)))
                .transform(CoreTransforms.REQUIRE, new RequireConfig(paths("user_id", "device_id", "ip")))
                .transform(MaskPlugin.MASK, mask)
                .transform(
                        CoreTransforms.SELECT,
                        new SelectConfig(paths(
                                "user_id",
                                "device_type",
                                "masked_ip",
                                "masked_device_id",
                                "locale",
                                "app_version",
                                "origin",
                                "referrer")))
                .sink(new PostgresSinkFactory(), table)
                .deadLetters(new PostgresDeadLetterSinkFactory(), deadLetters, DeadLetterPolicy.defaults())
                .untilIdle(Duration.ofSeconds(1));
    }

    private static List<EtlRecord> witness(EtlRecord record) {
        log.debug("{} of {} and {}", record, record.body(), record.headers());
        return List.of(record);
    }

    /** What a service could print of its configuration. */
    List<Record> configuration() {
        return List.of(queue, table, deadLetters, mask);
    }

    private static Expression expression(String text) {
        try {
            return ServiceLoader.load(ExpressionCompiler.class)
                    .findFirst()
                    .orElseThrow()
                    .compile(text);
        } catch (ExpressionException malformed) {
            throw new AssertionError(malformed);
        }
    }

    private static List<FieldPath> paths(String... paths) {
        return Stream.of(paths).map(FieldPath::parse).toList();
    }
}
