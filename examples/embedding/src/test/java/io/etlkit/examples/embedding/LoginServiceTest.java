package io.etlkit.examples.embedding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.etlkit.engine.PipelineRun;
import io.etlkit.engine.RunReport;
import io.etlkit.testkit.PostgresExtension;
import io.etlkit.testkit.SqsExtension;
import io.etlkit.testkit.TestDatabase;
import io.etlkit.testkit.TestQueue;
import io.etlkit.transform.mask.keyset.Keyset;
import io.etlkit.transform.mask.keyset.NewKeyset;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith({SqsExtension.class, PostgresExtension.class})
@Timeout(120)
class LoginServiceTest {
    @TempDir
    private Path folder;

    /** The service leaves credentials to the AWS SDK, which looks here first. */
    @BeforeAll
    static void giveCredentials() {
        System.setProperty("aws.accessKeyId", "test");
        System.setProperty("aws.secretAccessKey", "test");
    }

    @AfterAll
    static void takeCredentialsAway() {
        System.clearProperty("aws.accessKeyId");
        System.clearProperty("aws.secretAccessKey");
    }

    @BeforeEach
    void makeAKeyset() throws IOException {
        try (NewKeyset keyset = Keyset.create("pii")) {
            keyset.writePlaintext(keyset());
        }
    }

    @Test
    void loadsLoginsUntilItIsTold(TestQueue queue, TestDatabase database) throws InterruptedException {
        database.execute("CREATE TABLE user_logins (user_id text, masked_ip text, masked_device_id text)");
        queue.send(
                "{\"user_id\":\"u1\",\"ip\":\"192.0.2.1\",\"device_id\":\"d-4711\"}",
                "{\"user_id\":\"u2\",\"ip\":\"192.0.2.1\",\"device_id\":\"d-4712\"}",
                "{\"user_id\":\"u3\",\"ip\":\"192.0.2.3\"}");

        RunReport report;
        try (PipelineRun run = LoginService.pipeline(settings(queue, database)).start()) {
            await().atMost(Duration.ofMinutes(1))
                    .untilAsserted(() -> assertThat(queue.depth()).isZero());
            run.stop();
            report = run.await();
        }

        assertThat(report.failure()).isEmpty();
        assertThat(report.written()).isEqualTo(2);
        assertThat(report.deadLettered()).isEqualTo(1);
        assertThat(database.column("SELECT user_id FROM user_logins ORDER BY user_id"))
                .containsExactly("u1", "u2");
        assertThat(database.column("SELECT DISTINCT masked_ip FROM user_logins"))
                .hasSize(1);
        assertThat(database.column("SELECT DISTINCT masked_device_id FROM user_logins"))
                .hasSize(2);
        assertThat(everything(database)).noneMatch(row -> row.contains("192.0.2") || row.contains("d-47"));
    }

    private static List<String> everything(TestDatabase database) {
        return database.column("SELECT user_logins::text FROM user_logins"
                + " UNION ALL SELECT etl_dead_letters::text FROM etl_dead_letters");
    }

    private Map<String, String> settings(TestQueue queue, TestDatabase database) {
        return Map.of(
                "LOGIN_QUEUE", queue.name(),
                "AWS_REGION", queue.region(),
                "AWS_ENDPOINT_URL", queue.endpoint().toString(),
                "LOGIN_KEYSET", keyset().toString(),
                "DATABASE_URL", database.jdbcUrl(),
                "DATABASE_USER", database.user(),
                "DATABASE_PASSWORD", database.password());
    }

    private Path keyset() {
        return folder.resolve("pii.json");
    }
}
