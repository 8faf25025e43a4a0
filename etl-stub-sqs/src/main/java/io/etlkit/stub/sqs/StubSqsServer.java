package io.etlkit.stub.sqs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A stub of SQS (AWS JSON 1.0 protocol, HTTP/1.1 with keep-alive, standard queues) over plain sockets on loopback. It costs
 * a few microseconds a message, can be told to let calls fail, and counts what happened to each message. It checks no
 * signatures, has no FIFO queues and no redrive, and keeps no message attributes; tests of behaviour use the embedded SQS of
 * the dev services.
 *
 * <p>Its own methods are safe for any thread and wait a moment for the server's thread. Failures to open a socket are {@link
 * UncheckedIOException}s.
 *
 * <p>Follows <a href="https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/">the API reference</a> of SQS.
 */
public final class StubSqsServer implements AutoCloseable {
    static final String ACCOUNT = "000000000000";

    private static final Duration DEFAULT_VISIBILITY_TIMEOUT = Duration.ofMinutes(2);

    private final SqsRequests requests;
    private final StubLoop loop;

    private StubSqsServer(Builder builder) {
        StubTimers timers = new StubTimers();
        this.requests = new SqsRequests(builder.queues, builder.faults, timers);
        try {
            this.loop = new StubLoop(builder.port, timers, requests);
        } catch (IOException failed) {
            throw new UncheckedIOException("the stub SQS server cannot listen", failed);
        }
        loop.start();
    }

    /** Starts to describe a server. */
    public static Builder builder() {
        return new Builder();
    }

    /** Where the server listens. */
    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + loop.port());
    }

    /** A queue's URL. */
    public String queueUrl(String queue) {
        return endpoint() + path(queue);
    }

    /** Puts messages into a queue. */
    public void send(String queue, Iterable<String> bodies) {
        loop.call(() -> {
            StubQueue to = existing(queue);
            for (String body : bodies) {
                to.add(body.getBytes(StandardCharsets.UTF_8), System.currentTimeMillis());
            }
            requests.serveWaiters(to);
            return true;
        });
    }

    /** What happened to a queue's messages so far. */
    public QueueBooks books(String queue) {
        return loop.call(() -> existing(queue).books());
    }

    /** How many requests came in. */
    public long requests() {
        return loop.call(requests::requests);
    }

    /** How many calls of an action came in, those that went wrong included. */
    public long calls(SqsAction action) {
        return loop.call(() -> requests.calls(action));
    }

    /** Replaces the faults: calls from now on fail as given here. */
    public void faults(Faults faults) {
        loop.call(() -> {
            requests.become(faults);
            return true;
        });
    }

    /** Stops the server; its connections are cut. */
    @Override
    public void close() {
        loop.close();
    }

    static String path(String queue) {
        return "/" + ACCOUNT + "/" + queue;
    }

    private StubQueue existing(String queue) {
        return requests.queue(queue).orElseThrow(() -> new IllegalArgumentException("no queue named " + queue));
    }

    /** Describes a server; used once, by one thread. */
    public static final class Builder {
        private final Map<String, StubQueue> queues = new LinkedHashMap<>();
        private Faults faults = Faults.none();
        private int port;

        private Builder() {}

        /** The port to listen on; 0, the default, for a free one. */
        public Builder port(int newPort) {
            this.port = newPort;
            return this;
        }

        /** Lets calls fail; by default none does. */
        public Builder faults(Faults newFaults) {
            this.faults = newFaults;
            return this;
        }

        /** An empty queue whose messages stay hidden for two minutes. */
        public Builder queue(String name) {
            return queue(name, DEFAULT_VISIBILITY_TIMEOUT);
        }

        /** An empty queue. */
        public Builder queue(String name, Duration visibilityTimeout) {
            queues.put(name, new StubQueue(queues.size(), visibilityTimeout.toMillis()));
            return this;
        }

        /** A queue that holds user logins already, all sent now. */
        public Builder queue(String name, Duration visibilityTimeout, UserLoginMessages messages, int count) {
            StubQueue queue = new StubQueue(queues.size(), visibilityTimeout.toMillis());
            long now = System.currentTimeMillis();
            for (int number = 0; number < count; number++) {
                queue.add(messages.body(number), now);
            }
            queues.put(name, queue);
            return this;
        }

        /** Starts the server. */
        public StubSqsServer start() {
            return new StubSqsServer(this);
        }
    }
}
