package io.etlkit.benchmark;

import java.time.Duration;
import java.time.Instant;

/**
 * What one run of one contestant gave.
 *
 * @param messages how many messages
 * @param wall from the start of the process to the last message done
 * @param cpuMicros CPU time of the process, the JVM's start and end included
 * @param peakMemoryKib its largest resident memory
 * @param requests requests to SQS; 0 when there is none
 * @param stubCpuMicros CPU time of the stub SQS server; 0 when there is none
 * @param postgresCpuMicros CPU time of Postgres; 0 when there is none
 */
record Measurement(
        int messages,
        Duration wall,
        long cpuMicros,
        long peakMemoryKib,
        long requests,
        long stubCpuMicros,
        long postgresCpuMicros) {

    /** A run that read from the stub; without Postgres, {@code postgresCpu} is 0. */
    static Measurement of(int messages, ChildProcess process, StubProcess.Books books, long postgresCpu) {
        return new Measurement(
                messages,
                Duration.between(process.started(), books.lastDelete()),
                process.cpuMicros(),
                process.peakMemoryKib(),
                books.requests(),
                books.cpuMicros(),
                postgresCpu);
    }

    /** A run that wrote to Postgres only. */
    static Measurement of(int messages, ChildProcess process, Instant lastWrite, long postgresCpu) {
        return new Measurement(
                messages,
                Duration.between(process.started(), lastWrite),
                process.cpuMicros(),
                process.peakMemoryKib(),
                0,
                0,
                postgresCpu);
    }

    double messagesASecond() {
        return messages * 1e9 / wall.toNanos();
    }

    double cpuMicrosAMessage() {
        return (double) cpuMicros / messages;
    }

    double requestsAHundredMessages() {
        return requests * 100.0 / messages;
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
