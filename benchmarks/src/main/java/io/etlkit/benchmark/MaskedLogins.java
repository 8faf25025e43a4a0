package io.etlkit.benchmark;

import io.etlkit.api.EtlRecord;
import io.etlkit.api.value.FieldPath;
import io.etlkit.api.value.TextValue;
import io.etlkit.api.value.Value;
import io.etlkit.stub.sqs.UserLoginMessages;
import io.etlkit.testkit.TestRecords;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * How every masking benchmark is run, and the logins that it masks one field of. Iterations are many and short, so that some of
 * them have the core for themselves; the collector is the one that {@code bin/etl} takes.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(value = 1, jvmArgsAppend = "-XX:+UseSerialGC")
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 20, time = 200, timeUnit = TimeUnit.MILLISECONDS)
abstract class MaskedLogins {
    /** A power of two, so that going round is cheap. */
    private static final int COUNT = 1 << 12;

    private int next;

    /** The number of the next login, round and round. */
    final int next() {
        return next++ & COUNT - 1;
    }

    static List<EtlRecord> records() {
        UserLoginMessages messages = new UserLoginMessages(1, COUNT);
        return IntStream.range(0, COUNT)
                .mapToObj(number -> TestRecords.json("message-" + number, messages.text(number)))
                .toList();
    }

    /** A field of each, which all of them have. */
    static List<Value> values(String field) {
        FieldPath path = FieldPath.parse(field);
        return records().stream()
                .flatMap(record -> path.find(record.body()).stream())
                .toList();
    }

    /** The field {@code device_id} of each. */
    static List<String> deviceIds() {
        return values("device_id").stream()
                .map(value -> ((TextValue) value).value())
                .toList();
    }
}
