package io.etlkit.transform.mask;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class MissingPathWarningTest {
    private final Logger logger = (Logger) LoggerFactory.getLogger(FieldMasker.class);
    private final ListAppender<ILoggingEvent> appender = new ListAppender<>();
    private final Masking masking = new Masking(
            MaskField.of("u.ip", "redact").optional(),
            MaskField.of("s[*].ip", "redact").optional());

    @BeforeEach
    void listen() {
        appender.start();
        logger.addAppender(appender);
        logger.setLevel(Level.WARN);
        logger.setAdditive(false);
    }

    @AfterEach
    void stopListening() {
        logger.detachAppender(appender);
        logger.setLevel(null);
        logger.setAdditive(true);
    }

    @Test
    void trap9APathThatNeverMatchedInAThousandRecordsWarnsOnce() {
        mask("{\"u\":{}}", 1000);
        assertThat(warnings()).isEmpty();
        mask("{\"u\":{}}", 1);
        assertThat(warnings())
                .containsExactly(
                        "mask: the first 1000 records had no field u.ip; is its path right?",
                        "mask: the first 1000 records had no field s[*].ip; is its path right?");
        mask("{\"u\":{}}", 2000);
        assertThat(warnings()).hasSize(2);
    }

    @Test
    void trap9APathThatMatchedOnceDoesNotWarn() {
        mask("{\"u\":{}}", 999);
        mask("{\"u\":{\"ip\":\"canary\"},\"s\":[{\"ip\":null}]}", 1);
        mask("{\"u\":{}}", 2000);
        assertThat(warnings()).isEmpty();
    }

    private void mask(String body, int times) {
        for (int i = 0; i < times; i++) {
            masking.body(body);
        }
    }

    private List<String> warnings() {
        return appender.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }
}
