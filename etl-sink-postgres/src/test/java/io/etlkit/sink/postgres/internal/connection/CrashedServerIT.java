package io.etlkit.sink.postgres.internal.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.etlkit.api.EtlRecord;
import io.etlkit.api.Sink;
import io.etlkit.api.TransientException;
import io.etlkit.dev.EmbeddedPostgresServer;
import io.etlkit.sink.postgres.PostgresFixtures;
import io.etlkit.sink.postgres.PostgresSinkFactory;
import io.etlkit.testkit.TestContext;
import io.etlkit.testkit.TestDatabase;
import io.etlkit.testkit.TestRecords;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class CrashedServerIT {
    @Test
    void theBatchIsWrittenWhenTheServerIsBack() throws InterruptedException {
        try (EmbeddedPostgresServer server = EmbeddedPostgresServer.start();
                TestDatabase own = TestDatabase.create(server)) {
            own.execute("CREATE TABLE target (n integer)");
            try (Sink sink = open(own)) {
                sink.write(batch(0, 10));
                server.crash();
                for (int i = 0; i < 2; i++) {
                    assertThatThrownBy(() -> sink.write(batch(5, 15))).isInstanceOf(TransientException.class);
                }
                server.restart();

                await().untilAsserted(() -> assertThat(writtenOrNothing(sink)).isEqualTo(5));
            }
            assertThat(own.count("target")).isEqualTo(15);
        }
    }

    private static int writtenOrNothing(Sink sink) throws InterruptedException {
        try {
            return sink.write(batch(5, 15)).written().size();
        } catch (TransientException notYet) {
            return 0;
        }
    }

    private static Sink open(TestDatabase database) {
        return new PostgresSinkFactory()
                .create(
                        PostgresFixtures.config(database, "target"),
                        TestContext.defaults().withFields("n"));
    }

    private static List<EtlRecord> batch(int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(n -> TestRecords.json("m" + n, "{\"n\":" + n + "}"))
                .toList();
    }
}
