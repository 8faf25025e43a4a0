package io.etlkit.source.sqs.internal.client;

import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;

/**
 * One user's access to the shared clients. A failed call ends with a {@link SqsCallException}; so does one that is open when
 * the connection is closed, or that is made later. Safe for any thread.
 */
public final class SqsConnection implements AutoCloseable {
    /** Under which all classes of this plugin log. */
    public static final String LOGGER = "io.etlkit.source.sqs.SqsSource";

    private final SharedClients clients;
    private final Set<CompletableFuture<?>> open = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    SqsConnection(ConnectionSettings settings, Endpoint endpoint) {
        this.clients = SharedClients.acquire(settings, endpoint);
    }

    /** Sends a receive. */
    <T> CompletableFuture<T> receive(String action, Function<SqsAsyncClient, CompletableFuture<T>> request) {
        return send(action, clients.pair().receiving(), request);
    }

    /** Sends any other call. */
    public <T> CompletableFuture<T> call(String action, Function<SqsAsyncClient, CompletableFuture<T>> request) {
        return send(action, clients.pair().control(), request);
    }

    @SuppressWarnings("CollectionUndefinedEquality") // The set goes by identity, as futures do.
    private <T> CompletableFuture<T> send(
            String action, SqsAsyncClient client, Function<SqsAsyncClient, CompletableFuture<T>> request) {
        if (closed) {
            return CompletableFuture.failedFuture(ExceptionTranslator.of(action, new CancellationException()));
        }
        CompletableFuture<T> sent;
        try {
            sent = request.apply(client);
        } catch (RuntimeException failure) {
            return CompletableFuture.failedFuture(ExceptionTranslator.of(action, failure));
        }
        open.add(sent);
        CompletableFuture<T> result = sent.whenComplete((response, failure) -> open.remove(sent))
                .exceptionallyCompose(
                        failure -> CompletableFuture.failedFuture(ExceptionTranslator.of(action, failure)));
        if (closed) {
            sent.cancel(true);
        }
        return result;
    }

    /**
     * Waits for the result of a call.
     *
     * @throws SqsCallException when it failed
     */
    public static <T> T await(CompletableFuture<T> call) throws InterruptedException {
        try {
            return call.get();
        } catch (ExecutionException | CancellationException failure) {
            throw ExceptionTranslator.of("call", failure);
        }
    }

    /** Ends this user's open calls, and closes the clients if nobody else uses them. */
    @Override
    public void close() {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
        }
        open.forEach(call -> call.cancel(true));
        clients.release();
    }
}
