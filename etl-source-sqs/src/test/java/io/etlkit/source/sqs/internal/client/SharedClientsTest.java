package io.etlkit.source.sqs.internal.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.etlkit.api.Source;
import io.etlkit.api.config.Secret;
import io.etlkit.source.sqs.SqsPlugin;
import io.etlkit.source.sqs.SqsSourceConfig;
import io.etlkit.stub.sqs.StubSqsServer;
import io.etlkit.testkit.TestContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SharedClientsTest {
    private static final int LANES = 4;

    private final StubSqsServer server =
            StubSqsServer.builder().queue("logins").queue("others").start();
    private final int openBefore = SharedClients.open();

    @AfterEach
    void close() {
        server.close();
    }

    private Source source(String queue, String secret, TestContext context) {
        SqsSourceConfig config = SqsSourceConfig.builder()
                .queue(queue)
                .region("us-east-1")
                .endpoint(server.endpoint())
                .waitTime(Duration.ofSeconds(1))
                .accessKeyId("test")
                .secretAccessKey(Secret.of(secret))
                .build();
        return SqsPlugin.sqs().create(config, context);
    }

    private int openPairs() {
        return SharedClients.open() - openBefore;
    }

    @Test
    void fourLanesAndAnotherPipelineShareOnePairUntilTheLastIsClosed() throws Exception {
        List<Source> sources = new ArrayList<>();
        for (int lane = 0; lane < LANES; lane++) {
            sources.add(source("logins", "test", TestContext.defaults().withLane(lane, LANES)));
        }
        sources.add(source("others", "test", TestContext.defaults().withPipeline("another")));
        assertThat(openPairs()).isEqualTo(1);

        Source last = sources.remove(0);
        for (Source source : sources) {
            source.close();
        }
        assertThat(openPairs()).isEqualTo(1);
        server.send("logins", List.of("{}"));
        assertThat(last.poll(1, Duration.ofSeconds(10)))
                .as("the last one still receives")
                .hasSize(1);

        last.close();
        assertThat(openPairs()).isZero();
    }

    @Test
    void otherCredentialsHaveAPairOfTheirOwn() throws Exception {
        Source one = source("logins", "test", TestContext.defaults());
        Source other = source("logins", "other", TestContext.defaults());
        assertThat(openPairs()).isEqualTo(2);

        one.close();
        other.close();
        assertThat(openPairs()).isZero();
    }
}
