package io.etlkit.source.sqs.internal.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.etlkit.engine.Pipeline;
import io.etlkit.source.sqs.SqsPlugin;
import io.etlkit.source.sqs.SqsSourceConfig.HttpClient;
import io.etlkit.testkit.FakeSink;
import io.etlkit.testkit.NoConfig;
import io.etlkit.testkit.SqsExtension;
import io.etlkit.testkit.TestQueue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A run that is over has let go of its threads, sockets and files. */
@ExtendWith(SqsExtension.class)
@Timeout(60)
class NothingLeftTest {
    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");

    private static void run(TestQueue queue, HttpClient httpClient) throws InterruptedException {
        queue.send("{\"n\":1}", "{\"n\":2}");
        long written = Pipeline.builder("leaves-nothing")
                .source(SqsPlugin.sqs(), SourceOverElasticMq.config(queue, httpClient))
                .sink(new FakeSink().factory(), new NoConfig())
                .lanes(2)
                .untilIdle(Duration.ofSeconds(2))
                .build()
                .start()
                .await()
                .written();
        assertThat(written).isEqualTo(2);
    }

    private static Set<String> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(Thread::isAlive)
                .map(Thread::getName)
                .filter(name -> name.startsWith("etl-") || name.contains("aws") || name.contains("sdk"))
                // The embedded server's own pools grow and shrink.
                .filter(name -> !name.startsWith("etl-dev-"))
                .collect(Collectors.toSet());
    }

    private static long descriptors() {
        try (Stream<Path> open = Files.list(DESCRIPTORS)) {
            return open.count();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    @ParameterizedTest
    @EnumSource
    void noThreadSocketOrFileIsLeftByARun(HttpClient httpClient, TestQueue queue) throws InterruptedException {
        assumeTrue(Files.isDirectory(DESCRIPTORS), "descriptors are counted in /proc");
        // What a client library opens once for the whole process is there after the first run.
        run(queue, httpClient);
        await("no thread is left by the first run")
                .until(() -> threads().stream().noneMatch(name -> name.startsWith("etl-leaves-nothing")));
        Set<String> threads = threads();
        long descriptors = descriptors();
        run(queue, httpClient);
        run(queue, httpClient);

        await().untilAsserted(() -> assertThat(threads).containsAll(threads()));
        await().untilAsserted(() -> assertThat(descriptors()).isLessThanOrEqualTo(descriptors));
    }
}
