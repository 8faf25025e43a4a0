package io.etlkit.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class ConfigTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    private static void assertRefused(ThrowingCallable making, String message) {
        assertThatThrownBy(making).isInstanceOf(IllegalArgumentException.class).hasMessage(message);
    }

    @Test
    void defaultsAreThoseThatTheOptionsDeclare() {
        assertThat(BatchConfig.defaults()).isEqualTo(new BatchConfig(1000, Duration.ofMillis(50), 8_388_608));
        assertThat(RetryConfig.defaults())
                .isEqualTo(new RetryConfig(Duration.ofMillis(100), Duration.ofSeconds(30), Optional.empty()));
        assertThat(DecodeConfig.defaults())
                .isEqualTo(new DecodeConfig(DecodeConfig.Format.JSON, DecodeConfig.Envelope.NONE));
        assertThat(DeadLetterPolicy.defaults())
                .isEqualTo(new DeadLetterPolicy(DeadLetterPolicy.Original.SEAL, Optional.empty()));
    }

    @Test
    void valuesOutOfRangeAreRefusedUnderTheirComponentsName() {
        assertRefused(
                () -> BatchConfig.builder()
                        .maxRecords(0)
                        .maxWait(Duration.ofMillis(-1))
                        .maxCharacters(0)
                        .build(),
                """
                maxRecords: must be between 1 and 100000, and is 0
                maxWait: must be at least 0s, and is -1ms
                maxCharacters: must be at least 1, and is 0""");
        assertRefused(
                () -> RetryConfig.builder().initialDelay(Duration.ZERO).build(),
                "initialDelay: must be more than zero");
        assertRefused(
                () -> RetryConfig.builder()
                        .initialDelay(SECOND)
                        .maxDelay(Duration.ofMillis(1))
                        .build(),
                "maxDelay: must not be less than initialDelay");
        assertRefused(() -> RetryConfig.builder().maxAttempts(0).build(), "maxAttempts: must be at least 1, and is 0");
        assertRefused(
                () -> new DeadLetterPolicy(DeadLetterPolicy.Original.OMIT, Optional.of("keys.json")),
                "keyset: is of no use unless original is \"seal\"");
    }

    @Test
    void anEnvelopeOfJsonGoesWithJsonOnly() {
        for (DecodeConfig.Envelope envelope : List.of(DecodeConfig.Envelope.EVENTBRIDGE, DecodeConfig.Envelope.AUTO)) {
            assertRefused(
                    () -> new DecodeConfig(DecodeConfig.Format.TEXT, envelope),
                    "format: must be \"json\" where envelope is \"eventbridge\" or \"auto\"");
        }
    }
}
