package io.etlkit.benchmark;

import io.etlkit.api.value.NumberValue;
import io.etlkit.api.value.ObjectValue;
import io.etlkit.api.value.TextValue;
import io.etlkit.api.value.Value;
import io.etlkit.json.JsonReader;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The stub SQS server in its own process, with a full queue and warm code. */
final class StubProcess implements AutoCloseable {
    private static final String MAIN = "io.etlkit.stub.sqs.StubSqsMain";

    private static final long END_SECONDS = 10;

    private final Process process;
    private final BufferedReader output;
    private final ObjectValue address;

    private StubProcess(Process process) throws IOException {
        this.process = process;
        this.output = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        this.address = line();
    }

    static StubProcess start(String queue, int messages) {
        // A fixed heap and the serial collector: the stub is to cost the same in every run.
        List<String> options = List.of("-Xms512m", "-Xmx2g", "-XX:+UseSerialGC");
        try {
            return new StubProcess(
                    new ProcessBuilder(ChildProcess.java(options, MAIN, queue, Integer.toString(messages)))
                            .redirectError(ProcessBuilder.Redirect.INHERIT)
                            .start());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    String endpoint() {
        return text("endpoint");
    }

    String queueUrl() {
        return text("queueUrl");
    }

    /** What became of the messages so far, and what the stub used for it. */
    Books books() {
        try {
            process.outputWriter(StandardCharsets.UTF_8).append('\n').flush();
            ObjectValue line = line();
            return new Books(
                    number(line, "deleted"),
                    number(line, "redelivered") + number(line, "doubleDeletes") + number(line, "staleDeletes"),
                    number(line, "visible") + number(line, "inFlight"),
                    Instant.ofEpochMilli(number(line, "lastDelete")),
                    number(line, "requests"),
                    number(line, "cpuMicros"));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /**
     * What the stub reports.
     *
     * @param deleted messages deleted
     * @param irregular redeliveries, double and stale deletes
     * @param left messages still in the queue
     * @param lastDelete when the last delete came in
     * @param requests requests that came in
     * @param cpuMicros what the stub itself used since it was ready
     */
    record Books(long deleted, long irregular, long left, Instant lastDelete, long requests, long cpuMicros) {}

    @Override
    public void close() {
        try {
            process.getOutputStream().close();
            if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private String text(String name) {
        return ((TextValue) address.get(name).orElseThrow()).value();
    }

    private static long number(ObjectValue line, String name) {
        Value value = line.get(name).orElseThrow();
        return value instanceof NumberValue number ? number.value().longValue() : 0;
    }

    private ObjectValue line() throws IOException {
        String line = output.readLine();
        if (line == null) {
            throw new IllegalStateException("the stub ended");
        }
        return (ObjectValue) JsonReader.read(line);
    }
}
