package io.etlkit.sink.postgres.internal.failure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FailurePolicyTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "40001 | RETRY             | RETRY",
                "40P01 | RETRY             | RETRY",
                "55P03 | RETRY             | RETRY",
                "57014 | RETRY             | RETRY",
                "08000 | RECONNECT         | RECONNECT",
                "08006 | RECONNECT         | RECONNECT",
                "57P01 | RECONNECT         | RECONNECT",
                "57P03 | RECONNECT         | RECONNECT",
                "53100 | RECONNECT         | RECONNECT",
                "53300 | RECONNECT         | RECONNECT",
                "25006 | RECONNECT         | RECONNECT",
                "58030 | RECONNECT         | RECONNECT",
                "XX000 | RECONNECT         | RECONNECT",
                "28P01 | RECONNECT         | FATAL",
                "08004 | RECONNECT         | FATAL",
                "28000 | RECONNECT         | FATAL",
                "3D000 | RECONNECT         | FATAL",
                "3F000 | RECONNECT         | FATAL",
                "42P01 | RECONNECT         | FATAL",
                "42501 | RECONNECT         | FATAL",
                "42703 | RECONNECT         | FATAL",
                "22001 | REJECT            | FATAL",
                "22P02 | REJECT            | FATAL",
                "23502 | REJECT            | FATAL",
                "23505 | REJECT            | FATAL",
                "23514 | REJECT            | FATAL",
                "23P01 | REJECT            | FATAL",
                "54000 | REJECT            | FATAL",
                "21000 | REJECT            | FATAL",
                "P0001 | REJECT            | FATAL",
                "23503 | AWAIT_REFERENCE   | FATAL",
                "26000 | PREPARE_AGAIN     | FATAL",
                "0A000 | PREPARE_AGAIN     | FATAL",
            })
    void judgesByState(String state, Verdict running, Verdict atStart) {
        assertThat(FailurePolicy.judge(Optional.of(state), true, Phase.RUNNING)).isEqualTo(running);
        assertThat(FailurePolicy.judge(Optional.of(state), true, Phase.START)).isEqualTo(atStart);
    }

    @Test
    void tellsARowWithoutPartitionFromAViolatedCheck() {
        assertThat(FailurePolicy.judge(Optional.of("23514"), false, Phase.RUNNING))
                .isEqualTo(Verdict.MISSING_PARTITION);
    }

    @Test
    void neverRejectsForAnUnknownReason() {
        assertThat(FailurePolicy.judge(Optional.empty(), false, Phase.RUNNING)).isEqualTo(Verdict.RECONNECT);
        assertThat(FailurePolicy.judge(Optional.of("ZZ999"), false, Phase.RUNNING))
                .isEqualTo(Verdict.RECONNECT);
    }
}
