package io.etlkit.engine;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.etlkit.api.TransientException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class LoggingTest extends PipelineFixture {
    private static final String SECRET = "alice@example.org";

    private final Logger logger = (Logger) LoggerFactory.getLogger("io.etlkit.engine");
    private final List<ILoggingEvent> events = new CopyOnWriteArrayList<>();
    private final AppenderBase<ILoggingEvent> appender = new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
            event.getMDCPropertyMap();
            events.add(event);
        }
    };

    @BeforeEach
    void listen() {
        appender.setContext(logger.getLoggerContext());
        appender.start();
        logger.addAppender(appender);
        logger.setLevel(Level.INFO);
        logger.setAdditive(false);
    }

    @AfterEach
    void stopListening() {
        logger.detachAppender(appender);
        logger.setLevel(Level.OFF);
        logger.setAdditive(true);
    }

    private List<String> lines() {
        return events.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }

    @Test
    void aRunLogsAFewLinesHoweverManyRecordsItMoves() throws Exception {
        source.addNumbered(5000);
        run(pipeline());

        assertThat(lines())
                .containsExactly(
                        "starting 1 lanes",
                        "draining: no record came for a while, and the source has nothing left",
                        "ended: received 5000, written 5000, filtered 0, duplicate 0, dead-lettered 0, dropped 0, released"
                                + " 0, rows 5000");
        assertThat(events)
                .allSatisfy(event -> assertThat(event.getMDCPropertyMap()).containsEntry("pipeline", "test"));
    }

    @Test
    void holdingIsOneLineAndSoIsGoingOn() throws Exception {
        AtomicInteger failures = new AtomicInteger(6);
        sink.before = batch -> {
            if (failures.getAndDecrement() > 0) {
                throw new TransientException("the database is away");
            }
        };
        source.addNumbered(1);
        run(pipeline());

        assertThat(lines())
                .containsSubsequence(
                        "holding: sink fake: the database is away; what is in flight is kept, and the call is tried again",
                        "resumed after 0 s")
                .hasSize(5);
    }

    @Test
    void aHiccupIsNotWorthALine() throws Exception {
        AtomicInteger failures = new AtomicInteger(1);
        sink.before = batch -> {
            if (failures.getAndDecrement() > 0) {
                throw new TransientException("serialization failure");
            }
        };
        source.addNumbered(1);
        run(pipeline());

        assertThat(lines()).hasSize(3);
    }

    @Test
    void theMessagesOfForeignExceptionsAreNotLogged() throws Exception {
        sink.before = batch -> {
            throw new IllegalStateException(
                    "Key (email)=(" + SECRET + ") already exists", new IllegalArgumentException(SECRET));
        };
        source.addNumbered(1);
        run(pipeline());

        assertThat(lines()).anySatisfy(line -> assertThat(line).startsWith("failed: sink fake failed unexpectedly: "));
        assertThat(lines())
                .anySatisfy(line -> assertThat(line).contains("caused by java.lang.IllegalArgumentException"));
        assertThat(lines()).noneSatisfy(line -> assertThat(line).contains(SECRET));
        assertThat(events)
                .allSatisfy(event -> assertThat(event.getThrowableProxy()).isNull());
    }
}
