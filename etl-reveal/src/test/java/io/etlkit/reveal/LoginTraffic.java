package io.etlkit.reveal;

import static org.awaitility.Awaitility.await;

import io.etlkit.stub.sqs.QueueBooks;
import io.etlkit.stub.sqs.StubSqsServer;
import io.etlkit.testkit.TestDatabase;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/** Sends logins all the time, of each person in turn, a few as soon as the last few are written. */
final class LoginTraffic implements AutoCloseable {
    private static final int CHUNK = 20;

    private final StubSqsServer server;
    private final TestDatabase database;
    private final List<String> people;
    private final AtomicBoolean stopped = new AtomicBoolean();
    private final AtomicInteger sent = new AtomicInteger();
    private final CompletableFuture<Void> sending;

    private LoginTraffic(StubSqsServer server, TestDatabase database, List<String> people) {
        this.server = server;
        this.database = database;
        this.people = people;
        this.sending = CompletableFuture.runAsync(this::send);
    }

    static LoginTraffic start(StubSqsServer server, TestDatabase database, List<String> people) {
        return new LoginTraffic(server, database, people);
    }

    private void send() {
        while (!stopped.get()) {
            int from = sent.get();
            server.send(
                    LoginHost.QUEUE,
                    IntStream.range(from, from + CHUNK).mapToObj(this::message).toList());
            sent.addAndGet(CHUNK);
            await("the hosts write")
                    .pollInterval(10, TimeUnit.MILLISECONDS)
                    .until(() -> stopped.get() || backlog() == 0);
        }
    }

    private String message(int number) {
        return "{\"n\":" + number + ",\"ip\":\"" + addressOf(number) + "\"}";
    }

    private long backlog() {
        QueueBooks books = server.books(LoginHost.QUEUE);
        return books.visible() + books.inFlight();
    }

    /** Whose login a message is. */
    String addressOf(int number) {
        return people.get(number % people.size());
    }

    int sent() {
        return sent.get();
    }

    /** Waits until everybody has logged in once more, from a moment on that lies behind this call. */
    void awaitEverybody() {
        int from = sent.get() + CHUNK;
        await("everybody has logged in again")
                .until(() -> database.column(
                                "SELECT count(DISTINCT n % " + people.size() + ") FROM logins WHERE n >= " + from)
                        .equals(List.of(Integer.toString(people.size()))));
    }

    /** Sends no more, and waits until all is written and off the queue. */
    void finish() throws InterruptedException, ExecutionException, TimeoutException {
        stopped.set(true);
        sending.get(1, TimeUnit.MINUTES);
        await("the queue is empty").until(() -> server.books(LoginHost.QUEUE).deleted() == sent.get());
    }

    @Override
    public void close() {
        stopped.set(true);
    }
}
