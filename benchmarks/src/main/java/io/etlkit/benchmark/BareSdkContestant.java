package io.etlkit.benchmark;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * {@link BareSdkLoop} against the stub.
 *
 * @param kind which client
 * @param messages how many messages
 * @param javaOptions options of its JVM
 */
record BareSdkContestant(String kind, int messages, List<String> javaOptions) implements Contestant {
    @Override
    public String name() {
        return "bare SDK loop, " + kind;
    }

    @Override
    public Measurement measure() {
        try (StubProcess stub = StubProcess.start("login-queue", messages)) {
            ChildProcess process = ChildProcess.run(
                    ChildProcess.java(javaOptions, BareSdkLoop.class, stub.queueUrl(), kind), Map.of(), Path.of("."));
            StubProcess.Books books = stub.books();
            Contestant.check(books.deleted() == messages, "deleted " + books.deleted() + " of " + messages);
            Contestant.check(books.left() == 0 && books.irregular() == 0, books.toString());
            return Measurement.of(messages, process, books, 0);
        }
    }
}
