package io.etlkit.benchmark;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * {@link BareSink} against a fresh Postgres.
 *
 * @param messages how many messages
 * @param lanes how many lanes
 * @param javaOptions options of its JVM
 */
record BareSinkContestant(int messages, int lanes, List<String> javaOptions) implements Contestant {
    @Override
    public String name() {
        return "bare Postgres sink";
    }

    @Override
    public Measurement measure() {
        try (Database database = Database.start()) {
            database.execute(BareSink.TABLE_DDL);
            long cpuBefore = database.cpuMicros();
            ChildProcess process = ChildProcess.run(
                    ChildProcess.java(
                            javaOptions,
                            BareSink.class,
                            database.url(),
                            Integer.toString(messages),
                            Integer.toString(lanes)),
                    Map.of(),
                    Path.of("."));
            Instant lastWrite = Instant.ofEpochMilli(Long.parseLong(process.lastLine()));
            long cpu = database.cpuMicros() - cpuBefore;
            Contestant.check(database.count(BareSink.TABLE) == messages, "rows");
            Contestant.check(database.count("etl_ledger") == messages, "ledger");
            return Measurement.of(messages, process, lastWrite, cpu);
        }
    }
}
