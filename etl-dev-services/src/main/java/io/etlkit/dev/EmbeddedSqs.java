package io.etlkit.dev;

import com.typesafe.config.ConfigFactory;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.pekko.actor.ActorSystem;
import org.elasticmq.rest.sqs.SQSRestServer;
import org.elasticmq.rest.sqs.SQSRestServerBuilder;

/**
 * An SQS server (ElasticMQ) inside this process, on a free loopback port with AWS's own limits on names and messages. Closing
 * it discards its messages. It takes any credentials and checks no signature.
 *
 * <p>Safe for any thread. {@link #start} returns when the server answers; the other calls block for one HTTP request.
 * Failures are {@link IllegalStateException}s.
 */
public final class EmbeddedSqs implements AutoCloseable {
    private static final long STOP_SECONDS = 10;

    private static final Map<String, String> QUEUE_DEFAULTS = Map.of("VisibilityTimeout", "120");

    private final ActorSystem actors;
    private final SQSRestServer server;
    private final URI endpoint;
    private final SqsQueryClient client;
    private final AtomicBoolean closed = new AtomicBoolean();

    private EmbeddedSqs(ActorSystem actors, SQSRestServer server, URI endpoint) {
        this.actors = actors;
        this.server = server;
        this.endpoint = endpoint;
        this.client = new SqsQueryClient(endpoint);
    }

    /** Starts a server. */
    public static EmbeddedSqs start() {
        ClassLoader loader = EmbeddedSqs.class.getClassLoader();
        ActorSystem actors = ActorSystem.create(
                "etl-dev-sqs",
                ConfigFactory.parseString(
                                "pekko.daemonic = on, pekko.loglevel = WARNING, pekko.stdout-loglevel = OFF,"
                                        + " pekko.jvm-shutdown-hooks = off, pekko.coordinated-shutdown.run-by-jvm-shutdown-hook = off")
                        .withFallback(ConfigFactory.load(loader)),
                loader);
        try {
            SQSRestServer server = SQSRestServerBuilder.withActorSystem(actors)
                    .withInterface("127.0.0.1")
                    .withDynamicPort()
                    .withAWSRegion("us-east-1")
                    .start();
            InetSocketAddress address = server.waitUntilStarted().localAddress();
            return new EmbeddedSqs(actors, server, URI.create("http://127.0.0.1:" + address.getPort()));
        } catch (RuntimeException | Error failed) {
            actors.terminate();
            throw failed;
        }
    }

    /** Where the server listens, as {@code http://127.0.0.1:41234}. */
    public URI endpoint() {
        return endpoint;
    }

    /** The region that clients name. */
    public String region() {
        return "us-east-1";
    }

    /** An access key id; the server takes any. */
    public String accessKeyId() {
        return "dev";
    }

    /** A secret access key; the server takes any. */
    public String secretAccessKey() {
        return "dev";
    }

    /** Makes a queue with a visibility timeout of 120 s, or finds it; see {@link #createQueue(String, Map)}. */
    public String createQueue(String name) {
        return createQueue(name, Map.of());
    }

    /**
     * Makes a queue; an existing one is left unchanged. A name that ends in {@code .fifo} makes a FIFO queue.
     *
     * @param attributes <a href="https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_CreateQueue.html">
     *     as CreateQueue takes them</a>, put over the defaults
     * @return the queue's URL
     */
    public String createQueue(String name, Map<String, String> attributes) {
        Map<String, String> all = new LinkedHashMap<>(QUEUE_DEFAULTS);
        if (SqsQueryClient.isFifo(name)) {
            all.put("FifoQueue", "true");
        }
        all.putAll(attributes);
        return client.createQueue(name, all);
    }

    /** Removes a queue and its messages. */
    public void deleteQueue(String name) {
        client.deleteQueue(name);
    }

    /** Sends messages in order, in as few requests as they fit; on a FIFO queue all in one group. */
    public void send(String queue, List<String> bodies) {
        client.send(queue, bodies);
    }

    /** How many messages are in a queue: waiting, in flight or delayed. */
    public long depth(String queue) {
        return client.depth(queue);
    }

    /** Stops the server and its threads; blocks up to ten seconds. */
    @Override
    public void close() {
        if (closed.getAndSet(true)) {
            return;
        }
        server.stopAndWait();
        actors.terminate();
        try {
            actors.getWhenTerminated().toCompletableFuture().get(STOP_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException stuck) {
            throw new IllegalStateException("the embedded SQS did not stop within " + STOP_SECONDS + " s", stuck);
        }
    }
}
