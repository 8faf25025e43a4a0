package io.etlkit.examples.embedding;

import io.etlkit.api.config.Secret;
import io.etlkit.api.value.FieldPath;
import io.etlkit.engine.DeadLetterPolicy;
import io.etlkit.engine.Pipeline;
import io.etlkit.engine.PipelineRun;
import io.etlkit.engine.RunReport;
import io.etlkit.sink.postgres.PostgresDeadLetterConfig;
import io.etlkit.sink.postgres.PostgresDeadLetterSinkFactory;
import io.etlkit.sink.postgres.PostgresSinkConfig;
import io.etlkit.sink.postgres.PostgresSinkFactory;
import io.etlkit.source.sqs.SqsPlugin;
import io.etlkit.source.sqs.SqsSourceConfig;
import io.etlkit.source.sqs.SqsSourceConfigBuilder;
import io.etlkit.transform.core.CoreTransforms;
import io.etlkit.transform.core.SelectConfig;
import io.etlkit.transform.mask.MaskConfig;
import io.etlkit.transform.mask.MaskField;
import io.etlkit.transform.mask.MaskPlugin;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A service that loads user logins from SQS into Postgres, masked, until it is told to end. */
public final class LoginService {
    private LoginService() {}

    public static void main(String[] arguments) throws InterruptedException {
        PipelineRun run = pipeline(System.getenv()).start();
        Runtime.getRuntime().addShutdownHook(new Thread(run::close, "drain"));

        RunReport report = run.await();
        System.out.println(report.written() + " logins written");
        report.failure().ifPresent(System.err::println);
    }

    static Pipeline pipeline(Map<String, String> settings) {
        SqsSourceConfigBuilder queue = SqsSourceConfig.builder()
                .queue(settings.getOrDefault("LOGIN_QUEUE", "login-queue"))
                .region(settings.getOrDefault("AWS_REGION", "us-east-1"));
        Optional.ofNullable(settings.get("AWS_ENDPOINT_URL")).map(URI::create).ifPresent(queue::endpoint);
        MaskConfig mask = MaskConfig.of(
                settings.getOrDefault("LOGIN_KEYSET", "keys/pii.json"),
                MaskField.of("ip", "aes-gcm").withTo("masked_ip").withType("ip"),
                MaskField.of("device_id", "aes-gcm").withTo("masked_device_id"));
        SelectConfig columns = SelectConfig.builder()
                .fields(paths("user_id", "masked_ip", "masked_device_id"))
                .build();
        String url = settings.getOrDefault("DATABASE_URL", "jdbc:postgresql://localhost:5432/postgres");
        String user = settings.getOrDefault("DATABASE_USER", "");
        Secret password = Secret.of(settings.getOrDefault("DATABASE_PASSWORD", ""));
        PostgresSinkConfig table = PostgresSinkConfig.builder()
                .url(url)
                .user(user)
                .password(password)
                .table("user_logins")
                .build();
        PostgresDeadLetterConfig deadLetters = PostgresDeadLetterConfig.builder()
                .url(url)
                .user(user)
                .password(password)
                .build();

        return Pipeline.builder("user-logins")
                .lanes(2)
                .pii(paths("ip", "device_id"))
                .source(SqsPlugin.sqs(), queue.build())
                .transform(MaskPlugin.MASK, mask)
                .transform(CoreTransforms.SELECT, columns)
                .sink(new PostgresSinkFactory(), table)
                .deadLetters(new PostgresDeadLetterSinkFactory(), deadLetters, DeadLetterPolicy.defaults())
                .build();
    }

    private static List<FieldPath> paths(String... paths) {
        return List.of(paths).stream().map(FieldPath::parse).toList();
    }
}
