package io.etlkit.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ChildProcessIT {
    private static final Path HERE = Path.of(".");

    @Test
    void tellsWhatAProgramUsed() {
        String busy = "i=0; while [ $i -lt 300000 ]; do i=$((i+1)); done; echo first; echo \"$WORD\"";

        ChildProcess process = ChildProcess.run(List.of("sh", "-c", busy), Map.of("WORD", "last"), HERE);

        assertThat(process.lastLine()).isEqualTo("last");
        assertThat(process.cpuMicros()).isPositive();
        assertThat(process.peakMemoryKib()).isPositive();
        assertThat(process.ended()).isAfter(process.started());
    }

    @Test
    void aProgramThatFailsIsNoMeasurement() {
        assertThatThrownBy(() -> ChildProcess.run(List.of("sh", "-c", "exit 3"), Map.of(), HERE))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("sh ended with exit code 3");
    }
}
