package io.etlkit.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MarkdownReportTest {
    @Test
    void showsMediansAndComparesWithTheFirst() {
        Map<String, List<Measurement>> rounds = new LinkedHashMap<>();
        rounds.put("bare", List.of(measurement(1, 0), measurement(4, 0), measurement(2, 0)));
        rounds.put("whole", List.of(measurement(4, 700)));

        assertThat(MarkdownReport.of(rounds)).isEqualTo("""
                        | from a cold JVM | messages/s | ratio | CPU us/message | peak MiB | SQS requests/100 | Postgres us/message | stub us/message |
                        |---|---|---|---|---|---|---|---|
                        | bare | 50 | 1.00 | 20.0 | 2 | 20.0 | - | 5.0 |
                        | whole | 25 | 0.50 | 20.0 | 2 | 20.0 | 7.0 | 5.0 |

                        Messages/s of each round:

                        - bare: 100, 25, 50
                        - whole: 25
                        """);
    }

    private static Measurement measurement(int seconds, long postgresCpuMicros) {
        return new Measurement(100, Duration.ofSeconds(seconds), 2000, 2048, 20, 500, postgresCpuMicros);
    }
}
