package io.etlkit.drills.proxy;

import io.etlkit.drills.proxy.TcpProxy.Direction;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** One client's connection through a {@link TcpProxy}, with both its sockets. */
final class ProxiedConnection {
    private static final int CHUNK = 1 << 14;

    private final Socket client;
    private final Socket server;
    private final TrafficRules rules;
    private final Consumer<ProxiedConnection> atEnd;
    private final AtomicInteger running = new AtomicInteger(2);
    private final Thread requests;
    private final Thread answers;
    private volatile boolean closed;

    /** Takes the streams of both sockets at once: a direction may end before its thread starts. */
    ProxiedConnection(Socket client, Socket server, TrafficRules rules, Consumer<ProxiedConnection> atEnd)
            throws IOException {
        this.client = client;
        this.server = server;
        this.rules = rules;
        this.atEnd = atEnd;
        this.requests = thread(Direction.TO_SERVER, client.getInputStream(), server.getOutputStream());
        this.answers = thread(Direction.TO_CLIENT, server.getInputStream(), client.getOutputStream());
    }

    private Thread thread(Direction direction, InputStream from, OutputStream to) {
        Thread thread = new Thread(() -> pump(direction, from, to), "etl-proxy-" + direction);
        thread.setDaemon(true);
        return thread;
    }

    void start() {
        requests.start();
        answers.start();
    }

    void join() throws InterruptedException {
        requests.join();
        answers.join();
    }

    boolean isClosed() {
        return closed;
    }

    /** Resets both ends. */
    void cut() {
        closed = true;
        reset(client);
        reset(server);
        rules.wake();
    }

    /** Ends the stream to the receiver. */
    void end(Direction direction) {
        try {
            receiver(direction).shutdownOutput();
        } catch (IOException alreadyGone) {
            // already closed
        }
    }

    /** Closes with RST. */
    static void reset(Socket socket) {
        try {
            if (!socket.isClosed()) {
                socket.setSoLinger(true, 0);
            }
            socket.close();
        } catch (IOException alreadyGone) {
            // already closed
        }
    }

    private Socket receiver(Direction direction) {
        return direction == Direction.TO_SERVER ? server : client;
    }

    private void pump(Direction direction, InputStream from, OutputStream to) {
        try {
            forward(direction, from, to);
            end(direction);
        } catch (IOException broken) {
            // a reset at one end is passed on to the other
            cut();
        } catch (InterruptedException interrupted) {
            cut();
        } finally {
            if (running.decrementAndGet() == 0) {
                closed = true;
                closeQuietly(client);
                closeQuietly(server);
                atEnd.accept(this);
            }
        }
    }

    private void forward(Direction direction, InputStream from, OutputStream to)
            throws IOException, InterruptedException {
        Trap.SlidingText seen = new Trap.SlidingText();
        byte[] chunk = new byte[CHUNK];
        for (int length = from.read(chunk); length >= 0; length = from.read(chunk)) {
            seen.add(chunk, length);
            TrafficRules.Passage passage = rules.pass(this, direction, seen, length);
            to.write(chunk, 0, passage.bytes());
            if (passage.thenCut()) {
                cut();
            }
        }
        rules.awaitEnd(this, direction);
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException alreadyGone) {
            // already closed
        }
    }
}
