package io.etlkit.drills.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.etlkit.drills.proxy.TcpProxy.Direction;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class TcpProxyTest extends ProxyFixture {
    @Test
    void passesOnInBothDirectionsAndTheEndOfEach() throws IOException {
        try (Ends ends = connect()) {
            send(ends.client(), "question");
            assertReceives(ends.server(), "question");
            ends.client().shutdownOutput();
            assertEnded(ends.server());
            send(ends.server(), "answer");
            assertReceives(ends.client(), "answer");
            ends.server().shutdownOutput();
            assertEnded(ends.client());

            assertThat(proxy.accepted()).isEqualTo(1);
            await("the connection is forgotten").until(() -> proxy.connections() == 0);
        }
    }

    @Test
    void passesOnMoreThanAnyBufferHolds() throws Exception {
        byte[] much = new byte[5_000_000];
        for (int i = 0; i < much.length; i++) {
            much[i] = (byte) ((i * 31) >>> 3);
        }
        try (Ends ends = connect()) {
            Thread sender = new Thread(() -> {
                try {
                    ends.client().getOutputStream().write(much);
                } catch (IOException failed) {
                    throw new IllegalStateException(failed);
                }
            });
            sender.start();
            assertThat(ends.server().getInputStream().readNBytes(much.length)).isEqualTo(much);
            sender.join();
        }
    }

    @Test
    void cutsWithAResetAndTakesNewConnections() throws IOException {
        try (Ends ends = connect()) {
            send(ends.client(), "x");
            assertReceives(ends.server(), "x");
            proxy.cut();
            assertReset(ends.client());
            assertReset(ends.server());
        }
        try (Ends ends = connect()) {
            send(ends.client(), "again");
            assertReceives(ends.server(), "again");
        }
    }

    @Test
    void refusesNewConnectionsAndLeavesTheOthers() throws IOException {
        try (Ends ends = connect();
                Socket refused = new Socket()) {
            proxy.refuse();
            refused.connect(address(proxy));
            refused.setSoTimeout(PATIENCE_MILLIS);
            assertReset(refused);
            send(ends.client(), "x");
            assertReceives(ends.server(), "x");
            assertThat(proxy.accepted()).isEqualTo(1);
        }
        proxy.restore();
        connect().close();
    }

    @Test
    void resetsWhereTheServerIsAway() throws IOException {
        listener.close();
        try (Socket client = new Socket()) {
            client.connect(address(proxy));
            client.setSoTimeout(PATIENCE_MILLIS);
            assertReset(client);
        }
    }

    @Test
    void holdsADirectionUntilItIsRestored() throws IOException {
        try (Ends ends = connect()) {
            proxy.hold(Direction.TO_CLIENT);
            send(ends.client(), "question");
            assertReceives(ends.server(), "question");
            send(ends.server(), "answer");
            assertNothingComes(ends.client());
            proxy.restore();
            assertReceives(ends.client(), "answer");
        }
    }

    @Test
    void holdsTheEndOfAStreamToo() throws IOException {
        try (Ends ends = connect()) {
            proxy.hold(Direction.TO_SERVER);
            ends.client().shutdownOutput();
            assertNothingComes(ends.server());
            proxy.restore();
            assertEnded(ends.server());
        }
    }

    @Test
    void swallowsADirection() throws IOException {
        try (Ends ends = connect()) {
            proxy.swallow(Direction.TO_SERVER);
            send(ends.client(), "lost");
            assertNothingComes(ends.server());
            proxy.restore();
            send(ends.client(), "kept");
            assertReceives(ends.server(), "kept");
        }
    }

    @Test
    void delaysEachPiece() throws IOException {
        try (Ends ends = connect()) {
            proxy.delay(Direction.TO_SERVER, Duration.ofMillis(200));
            long start = System.nanoTime();
            send(ends.client(), "late");
            assertReceives(ends.server(), "late");
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(200));
        }
    }

    @Test
    void endsOneDirectionAndKeepsTheOther() throws IOException {
        try (Ends ends = connect()) {
            send(ends.client(), "x");
            assertReceives(ends.server(), "x");
            proxy.halfClose(Direction.TO_CLIENT);
            assertEnded(ends.client());
            send(ends.client(), "still there");
            assertReceives(ends.server(), "still there");
            send(ends.server(), "never read");
            assertEnded(ends.client());
        }
    }

    @Test
    void cutsAfterSoManyBytesOnce() throws IOException {
        try (Ends ends = connect()) {
            proxy.cutAfter(Direction.TO_SERVER, 5);
            send(ends.client(), "abc");
            assertReceives(ends.server(), "abc");
            send(ends.client(), "defg");
            assertReceives(ends.server(), "de");
            assertReset(ends.server());
            assertReset(ends.client());
        }
        try (Ends ends = connect()) {
            send(ends.client(), "abcdefg");
            assertReceives(ends.server(), "abcdefg");
        }
    }

    @Test
    void leavesNoThreadWhateverIsHeld() throws IOException {
        Thread[] before = proxyThreads();
        TcpProxy other = TcpProxy.to("127.0.0.1", listener.getLocalPort());
        try (Socket client = new Socket()) {
            client.connect(address(other));
            try (Socket server = listener.accept()) {
                other.hold(Direction.TO_SERVER);
                send(client, "x");
                server.shutdownOutput();
                assertEnded(client);
                assertThat(proxyThreads()).hasSizeGreaterThan(before.length);
                other.close();
            }
        }
        assertThat(proxyThreads()).containsExactlyInAnyOrder(before);
    }

    private static Thread[] proxyThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("etl-proxy"))
                .toArray(Thread[]::new);
    }
}
