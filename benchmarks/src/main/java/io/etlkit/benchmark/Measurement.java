package io.etlkit.benchmark;

import java.time.Duration;
import java.time.Instant;

/**
 * What one run of one contestant gave.
 *
 * @param messages how many messages
 * @param wall from the start of the process to the last message done
 * @param cpuMicros CPU time of the process, the JVM's start and end included
 * @param peakMemoryKib the most memory it had resident
 * @param stubCpuMicros CPU time of the stub SQS server; 0 when there is none
 * @param postgresCpuMicros CPU time of Postgres; 0 when there is none
 */
record Measurement(
        int messages, Duration wall, long cpuMicros, long peakMemoryKib, long stubCpuMicros, long postgresCpuMicros) {

    static Measurement of(int messages, ChildProcess process, Instant lastDone, long stubCpu, long postgresCpu) {
        return new Measurement(
                messages,
                Duration.between(process.started(), lastDone),
                process.cpuMicros(),
                process.peakMemoryKib(),
                stubCpu,
                postgresCpu);
    }

    double messagesASecond() {
        return messages * 1e9 / wall.toNanos();
    }

    double cpuMicrosAMessage() {
        return (double) cpuMicros / messages;
    }

    double stubCpuMicrosAMessage() {
        return (double) stubCpuMicros / messages;
    }

    double postgresCpuMicrosAMessage() {
        return (double) postgresCpuMicros / messages;
    }

    double peakMemoryMib() {
        return peakMemoryKib / 1024.0;
    }
}
