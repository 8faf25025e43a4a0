package io.etlkit.source.sqs.internal.source;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Stands before a server and loses the first answers that hold some text: the connection is closed in their place, after the
 * server has carried the call out.
 */
final class AnswerLosingProxy implements AutoCloseable {
    private final ServerSocket acceptor;
    private final URI server;
    private final String text;
    private final AtomicInteger left;
    private final AtomicInteger lost = new AtomicInteger();
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();

    AnswerLosingProxy(URI server, String text, int answers) {
        this.server = server;
        this.text = text;
        this.left = new AtomicInteger(answers);
        try {
            this.acceptor = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        start(this::accept);
    }

    URI endpoint() {
        return URI.create("http://127.0.0.1:" + acceptor.getLocalPort());
    }

    /** How many answers were lost so far. */
    int lost() {
        return lost.get();
    }

    private void accept() {
        while (!acceptor.isClosed()) {
            try {
                Socket client = acceptor.accept();
                Socket upstream = new Socket(server.getHost(), server.getPort());
                sockets.add(client);
                sockets.add(upstream);
                start(() -> pump(client, upstream, false));
                start(() -> pump(upstream, client, true));
            } catch (IOException closed) {
                // over, or one client less
            }
        }
    }

    private void pump(Socket from, Socket to, boolean answers) {
        byte[] buffer = new byte[1 << 16];
        try (from;
                to) {
            InputStream input = from.getInputStream();
            OutputStream output = to.getOutputStream();
            for (int count = input.read(buffer); count >= 0; count = input.read(buffer)) {
                if (answers && isLost(new String(buffer, 0, count, StandardCharsets.ISO_8859_1))) {
                    return;
                }
                output.write(buffer, 0, count);
            }
        } catch (IOException closed) {
            // whoever closed it has what it wanted
        }
    }

    private boolean isLost(String answer) {
        boolean loses = answer.contains(text) && left.getAndDecrement() > 0;
        if (loses) {
            lost.incrementAndGet();
        }
        return loses;
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work, "answer-losing-proxy");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        acceptor.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }
}
