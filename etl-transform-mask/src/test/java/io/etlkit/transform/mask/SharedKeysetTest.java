package io.etlkit.transform.mask;

import static org.assertj.core.api.Assertions.assertThat;

import io.etlkit.api.SourceFactory;
import io.etlkit.engine.Pipeline;
import io.etlkit.engine.PipelineRun;
import io.etlkit.testkit.FakeSink;
import io.etlkit.testkit.FakeSource;
import io.etlkit.testkit.NoConfig;
import io.etlkit.transform.mask.keyset.Keyset;
import io.etlkit.transform.mask.keyset.NewKeyset;
import io.etlkit.transform.mask.keyset.WrapChoice;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SharedKeysetTest {
    @Test
    void fourLanesWithTwoStepsUnwrapOnce(@TempDir Path folder) throws Exception {
        try (NewKeyset fresh = Keyset.create("pii")) {
            fresh.write(folder.resolve("pii.json"), new WrapChoice("counting", Map.of()), keyset -> new char[0]);
        }
        FakeSource queue = new FakeSource();
        CountDownLatch ready = new CountDownLatch(4);
        SourceFactory<NoConfig> source =
                SourceFactory.of("fake", "A queue in memory.", NoConfig.class, (config, context) -> {
                    ready.countDown();
                    return queue.open(context);
                });
        FakeSink sink = new FakeSink();
        Pipeline pipeline = Pipeline.builder("logins")
                .source(source, new NoConfig())
                .transform(MaskPlugin.MASK, MaskConfig.of("pii.json", MaskField.of("ip", "hmac")))
                .transform(MaskPlugin.MASK, MaskConfig.of("pii.json", MaskField.of("user", "aes-gcm")))
                .sink(sink.factory(), new NoConfig())
                .baseDirectory(folder)
                .lanes(4)
                .build();
        queue.send("{\"ip\":\"192.0.2.1\",\"user\":\"ann\"}");
        int before = CountingWrap.UNWRAPS.get();
        PipelineRun run = pipeline.start();
        try {
            assertThat(ready.await(30, TimeUnit.SECONDS)).isTrue();
        } finally {
            run.close();
        }
        assertThat(CountingWrap.UNWRAPS.get() - before).isEqualTo(1);

        Keyset.load("pii.json", folder).close();
        assertThat(CountingWrap.UNWRAPS.get() - before).isEqualTo(2);
    }
}
