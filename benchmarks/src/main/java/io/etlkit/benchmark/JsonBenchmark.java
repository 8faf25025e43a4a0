package io.etlkit.benchmark;

import io.etlkit.api.value.Value;
import io.etlkit.json.JsonReader;
import io.etlkit.json.JsonWriter;
import io.etlkit.stub.sqs.UserLoginMessages;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Decoding and writing one user login. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class JsonBenchmark {
    private static final int MESSAGES = 1 << 12;

    private final String[] texts = IntStream.range(0, MESSAGES)
            .mapToObj(new UserLoginMessages(1, MESSAGES)::text)
            .toArray(String[]::new);
    private final Value value = JsonReader.read(texts[0]);
    private int next;

    @Benchmark
    public Value read() {
        return JsonReader.read(texts[next++ & MESSAGES - 1]);
    }

    @Benchmark
    public String write() {
        return JsonWriter.write(value);
    }
}
