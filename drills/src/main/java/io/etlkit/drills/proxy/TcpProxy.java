package io.etlkit.drills.proxy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A TCP proxy on a free loopback port in front of one server. While it runs, it can be told to cut, refuse, delay, hold,
 * swallow or half-close connections, at once or when a certain text passes by. Other traffic is passed on as it comes.
 *
 * <p>A rule for a direction holds for present and new connections until {@link #restore}; a {@link Trap} acts on the one
 * connection that sprang it. Bytes that are held when a connection is cut are never passed on, so a killed client writes
 * nothing afterwards.
 *
 * <p>Safe for any thread; no method but {@link #close} waits. Two threads a connection and one that accepts, all daemons, end
 * with {@link #close}. A port that is not available is an {@link UncheckedIOException}.
 */
public final class TcpProxy implements AutoCloseable {
    private static final int CONNECT_MILLIS = 5_000;
    private static final int BACKLOG = 256;

    private final InetSocketAddress target;
    private final ServerSocket listener;
    private final TrafficRules rules = new TrafficRules();
    private final Set<ProxiedConnection> connections = ConcurrentHashMap.newKeySet();
    private final AtomicLong accepted = new AtomicLong();
    private final Thread acceptor;

    private TcpProxy(InetSocketAddress target) {
        this.target = target;
        try {
            this.listener = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
        } catch (IOException failed) {
            throw new UncheckedIOException("the proxy cannot listen", failed);
        }
        this.acceptor = new Thread(this::accept, "etl-proxy-" + port());
        acceptor.setDaemon(true);
    }

    /** Starts a proxy in front of a server. The server need not be there yet: the proxy connects to it once for each client. */
    public static TcpProxy to(String host, int port) {
        TcpProxy proxy = new TcpProxy(new InetSocketAddress(host, port));
        proxy.acceptor.start();
        return proxy;
    }

    /** Starts a proxy in front of the host and port of an address. */
    public static TcpProxy to(URI address) {
        return to(address.getHost(), address.getPort());
    }

    /** The direction of traffic. */
    public enum Direction {
        /** From the client to the server: requests. */
        TO_SERVER,
        /** From the server to the client: answers. */
        TO_CLIENT
    }

    /** Where the proxy listens, at 127.0.0.1. */
    public int port() {
        return listener.getLocalPort();
    }

    /** How many connections there are now. */
    public int connections() {
        return connections.size();
    }

    /** How many connections were made so far, without refused ones. */
    public long accepted() {
        return accepted.get();
    }

    /** Cuts all connections with a reset (RST), in both directions; accepts new ones. */
    public void cut() {
        connections.forEach(ProxiedConnection::cut);
    }

    /** Cuts a connection, once, after this many more bytes in a direction, counted over all connections. */
    public void cutAfter(Direction direction, long bytes) {
        rules.cutAfter(direction, bytes);
    }

    /** Resets each new connection; present ones go on. */
    public void refuse() {
        rules.refuse(true);
    }

    /** Delays each piece. */
    public void delay(Direction direction, Duration delay) {
        rules.delay(direction, delay);
    }

    /** Accepts connections and bytes, but passes nothing on in a direction until {@link #restore}. */
    public void hold(Direction direction) {
        rules.set(direction, TrafficRules.Flow.HELD);
    }

    /** Discards the bytes of a direction. */
    public void swallow(Direction direction) {
        rules.set(direction, TrafficRules.Flow.SWALLOWED);
    }

    /** Ends the stream in a direction (FIN) on all present connections; the other direction stays open. */
    public void halfClose(Direction direction) {
        connections.forEach(connection -> {
            rules.set(connection, direction, TrafficRules.Flow.SWALLOWED);
            connection.end(direction);
        });
    }

    /**
     * Waits for a text, then holds a direction of its connection, before the text is passed on. If that is the direction of the
     * text, the piece with the text is held too.
     *
     * @param seen the direction of the text
     * @param text ASCII, up to 256 characters; it may come in pieces
     * @param held the direction to hold
     */
    public Trap holdWhen(Direction seen, String text, Direction held) {
        return rules.trap(new Trap(seen, text, connection -> rules.set(connection, held, TrafficRules.Flow.HELD)));
    }

    /** Waits for a text, then discards the bytes of a direction of its connection; otherwise as {@link #holdWhen}. */
    public Trap swallowWhen(Direction seen, String text, Direction swallowed) {
        return rules.trap(
                new Trap(seen, text, connection -> rules.set(connection, swallowed, TrafficRules.Flow.SWALLOWED)));
    }

    /** Waits for a text, then cuts its connection with a reset; the piece with the text is not passed on. */
    public Trap cutWhen(Direction seen, String text) {
        return rules.trap(new Trap(seen, text, ProxiedConnection::cut));
    }

    /** Removes all rules and traps, and passes on what is held. */
    public void restore() {
        rules.restore();
    }

    /** Cuts all connections and ends. */
    @Override
    public void close() {
        try {
            listener.close();
            acceptor.join();
            cut();
            for (ProxiedConnection connection : connections) {
                connection.join();
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                if (rules.isRefusing()) {
                    ProxiedConnection.reset(client);
                } else {
                    open(client);
                }
            } catch (IOException closedOrGone) {
                // either the proxy is closed, or the client left before it was accepted
            }
        }
    }

    private void open(Socket client) {
        Socket server = new Socket();
        try {
            server.connect(target, CONNECT_MILLIS);
            client.setTcpNoDelay(true);
            server.setTcpNoDelay(true);
            ProxiedConnection connection = new ProxiedConnection(client, server, rules, connections::remove);
            accepted.incrementAndGet();
            connections.add(connection);
            connection.start();
        } catch (IOException serverAway) {
            ProxiedConnection.reset(server);
            ProxiedConnection.reset(client);
        }
    }

    @Override
    public String toString() {
        return "TcpProxy[" + port() + " to " + target.getPort() + "]";
    }
}
