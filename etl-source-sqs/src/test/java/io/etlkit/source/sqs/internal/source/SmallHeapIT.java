package io.etlkit.source.sqs.internal.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.etlkit.stub.sqs.StubSqsServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Messages as large as SQS takes them, ten in each receive, all together more than the heap. */
@Timeout(180)
class SmallHeapIT {
    private static final int MESSAGES = 140;
    private static final int MEBIBYTE = 1024 * 1024;

    @Test
    void messagesOfAMebibyteFitInAHeapOf128() throws IOException, InterruptedException {
        String body = "{\"text\":\"" + "x".repeat(MEBIBYTE - 11) + "\"}";
        try (StubSqsServer server = StubSqsServer.builder().queue("large").start()) {
            server.send("large", Collections.nCopies(MESSAGES, body));
            Process child = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Xmx128m",
                            "-cp",
                            System.getProperty("java.class.path"),
                            SmallHeapMain.class.getName(),
                            server.queueUrl("large"))
                    .redirectErrorStream(true)
                    .start();
            try {
                List<String> lines = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                        .lines()
                        .toList();
                assertThat(child.waitFor(20, TimeUnit.SECONDS)).isTrue();
                assertThat(lines).contains("written " + MESSAGES + ", failure Optional.empty");
                assertThat(child.exitValue()).isZero();
            } finally {
                child.destroyForcibly();
            }
        }
    }
}
