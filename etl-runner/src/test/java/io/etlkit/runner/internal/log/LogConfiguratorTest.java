package io.etlkit.runner.internal.log;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import io.etlkit.api.StartupException;
import io.etlkit.api.value.ObjectValue;
import io.etlkit.api.value.TextValue;
import io.etlkit.json.JsonReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogConfiguratorTest {
    private final LoggerContext context = new LoggerContext();

    @Test
    void linesForPeopleByDefault() {
        assertThat(line(Map.of(), new StartupException("no such queue")))
                .matches(
                        "(?s)[0-9:.]{12} WARN  Lane - lane 0 holds\\Rio.etlkit.api.StartupException: no such queue\\R.*");
    }

    @Test
    void jsonLinesForMachines() {
        String line = line(Map.of("ETL_LOG_FORMAT", "json"), new IllegalStateException("row (u1, 10.0.0.1)"));
        assertThat(line).hasLineCount(1).doesNotContain("10.0.0.1");
        ObjectValue object = (ObjectValue) JsonReader.read(line);
        assertThat(object.names()).containsExactly("time", "level", "logger", "thread", "message", "exception");
        assertThat(object.get("message")).contains(new TextValue("lane 0 holds"));
    }

    @Test
    void ownLoggersAtTheLevelAskedForAndOthersAtWarn() {
        new LogConfigurator(Map.of("ETL_LOG_LEVEL", "debug")).configure(context);
        assertThat(context.getLogger("io.etlkit.engine").getEffectiveLevel()).isEqualTo(Level.DEBUG);
        assertThat(context.getLogger("software.amazon.awssdk").getEffectiveLevel())
                .isEqualTo(Level.WARN);
        context.stop();
    }

    /** They print records at DEBUG; see docs/embedding.md. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "software.amazon.awssdk.services.sqs.internal.MessageMD5ChecksumInterceptor",
                "io.netty.handler.logging.LoggingHandler",
                "org.postgresql.core.v3.QueryExecutorImpl"
            })
    void noLevelThatCanBeAskedForReachesLoggersThatPrintRecords(String logger) {
        for (String level : List.of("trace", "all", "TRACE")) {
            new LogConfigurator(Map.of("ETL_LOG_LEVEL", level)).configure(context);
            assertThat(context.getLogger(logger).getEffectiveLevel()).isEqualTo(Level.WARN);
        }
        context.stop();
    }

    private String line(Map<String, String> environment, RuntimeException thrown) {
        context.setMDCAdapter(new LogbackMDCAdapter());
        LoggingEvent event = new LoggingEvent(
                "", context.getLogger("io.etlkit.engine.Lane"), Level.WARN, "lane {} holds", thrown, new Object[] {0});
        return new String(new LogConfigurator(environment).encoder(context).encode(event), StandardCharsets.UTF_8);
    }
}
