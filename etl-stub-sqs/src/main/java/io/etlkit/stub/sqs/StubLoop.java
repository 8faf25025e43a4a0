package io.etlkit.stub.sqs;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;

/**
 * The one thread that does everything: accepts, reads, handles and answers requests, and runs timers. One
 * thread needs no locks and costs the least, which matters where the load generator shares two cores with what it loads.
 */
final class StubLoop implements AutoCloseable {
    private static final long JOIN_MILLIS = 5_000;

    private final Selector selector;
    private final ServerSocketChannel acceptor;
    private final HttpConnection.Handler handler;
    private final Thread thread = new Thread(this::run, "etl-stub-sqs");
    private final StubTimers timers;
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private volatile boolean closed;

    StubLoop(int port, StubTimers timers, HttpConnection.Handler handler) throws IOException {
        this.timers = timers;
        this.handler = handler;
        this.selector = Selector.open();
        this.acceptor = ServerSocketChannel.open();
        acceptor.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1024);
        acceptor.configureBlocking(false);
        acceptor.register(selector, SelectionKey.OP_ACCEPT);
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    int port() {
        return acceptor.socket().getLocalPort();
    }

    /** Runs something on the loop's thread and waits for what it gives. */
    <T> T call(Callable<T> task) {
        CompletableFuture<T> result = new CompletableFuture<>();
        tasks.add(() -> {
            try {
                result.complete(task.call());
            } catch (Exception failed) {
                result.completeExceptionally(failed);
            }
        });
        selector.wakeup();
        return result.orTimeout(JOIN_MILLIS, TimeUnit.MILLISECONDS).join();
    }

    @Override
    public void close() {
        closed = true;
        selector.wakeup();
        try {
            thread.join(JOIN_MILLIS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            while (!closed) {
                selector.select(this::ready, timers.millisToNext());
                runTasks();
                timers.runDue();
            }
        } catch (IOException failed) {
            throw new IllegalStateException("the stub's selector failed", failed);
        } finally {
            closeAll();
        }
    }

    private void ready(SelectionKey key) {
        if (key.attachment() instanceof HttpConnection connection) {
            connection.ready();
        } else {
            accept();
        }
    }

    private void accept() {
        try {
            SocketChannel channel = acceptor.accept();
            if (channel == null) {
                return;
            }
            channel.configureBlocking(false);
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            SelectionKey key = channel.register(selector, SelectionKey.OP_READ);
            key.attach(new HttpConnection(channel, key, handler));
        } catch (IOException gone) {
            // the client left before it was accepted
        }
    }

    private void runTasks() {
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            task.run();
        }
    }

    private void closeAll() {
        try {
            for (SelectionKey key : selector.keys()) {
                key.channel().close();
            }
            selector.close();
        } catch (IOException failed) {
            // nothing more can be released
        }
    }
}
