package io.etlkit.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

import io.etlkit.testkit.TcpProxy.Direction;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class TcpProxyTest {
    private static final int SOON_MILLIS = 100;
    private static final int PATIENCE_MILLIS = 20_000;

    private ServerSocket listener;
    private TcpProxy proxy;

    @BeforeEach
    void start() throws IOException {
        listener = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        proxy = TcpProxy.to("127.0.0.1", listener.getLocalPort());
    }

    @AfterEach
    void stop() throws IOException {
        proxy.close();
        listener.close();
    }

    /** Both ends of a connection through the proxy. */
    private record Ends(Socket client, Socket server) implements AutoCloseable {
        @Override
        public void close() throws IOException {
            client.close();
            server.close();
        }
    }

    private Ends connect() throws IOException {
        Socket client = new Socket();
        client.connect(address(proxy));
        client.setSoTimeout(PATIENCE_MILLIS);
        Socket server = listener.accept();
        server.setSoTimeout(PATIENCE_MILLIS);
        return new Ends(client, server);
    }

    private static InetSocketAddress address(TcpProxy of) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), of.port());
    }

    private static void send(Socket from, String text) throws IOException {
        from.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    }

    private static void assertReceives(Socket at, String text) throws IOException {
        byte[] bytes = at.getInputStream().readNBytes(text.length());
        assertThat(new String(bytes, StandardCharsets.UTF_8)).isEqualTo(text);
    }

    private static void assertNothingComes(Socket at) throws IOException {
        at.setSoTimeout(SOON_MILLIS);
        assertThatExceptionOfType(SocketTimeoutException.class)
                .isThrownBy(() -> at.getInputStream().read());
        at.setSoTimeout(PATIENCE_MILLIS);
    }

    private static void assertEnded(Socket at) throws IOException {
        assertThat(at.getInputStream().read()).isEqualTo(-1);
    }

    private static void assertReset(Socket at) {
        assertThatExceptionOfType(SocketException.class)
                .isThrownBy(() -> at.getInputStream().read());
    }

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
    void whatIsHeldOfACutConnectionIsNeverPassedOn() throws IOException {
        try (Ends ends = connect()) {
            Trap trap = proxy.holdWhen(Direction.TO_SERVER, "last will", Direction.TO_SERVER);
            send(ends.client(), "last will");
            await("the text came by").until(trap::isSprung);
            proxy.cut();
            proxy.restore();
            assertReset(ends.server());
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
    void aTextHoldsTheAnswersOfItsConnectionOnly() throws Exception {
        try (Ends first = connect();
                Ends second = connect()) {
            Trap trap = proxy.holdWhen(Direction.TO_SERVER, "INSERT", Direction.TO_CLIENT);
            send(first.client(), "SELECT");
            assertReceives(first.server(), "SELECT");
            assertThat(trap.isSprung()).isFalse();

            send(second.client(), "INSERT");
            trap.await();
            assertReceives(second.server(), "INSERT");
            send(first.server(), "one");
            send(second.server(), "two");
            assertReceives(first.client(), "one");
            assertNothingComes(second.client());
            proxy.restore();
            assertReceives(second.client(), "two");
        }
    }

    @Test
    void aTextThatComesInPiecesIsFoundAndWhatWasSeenBeforeIsNot() throws IOException {
        try (Ends ends = connect()) {
            send(ends.client(), "INSERT");
            assertReceives(ends.server(), "INSERT");
            Trap trap = proxy.swallowWhen(Direction.TO_SERVER, "INSERT", Direction.TO_CLIENT);
            send(ends.client(), " IN");
            assertReceives(ends.server(), " IN");
            assertThat(trap.isSprung()).isFalse();
            send(ends.client(), "SERT");
            assertReceives(ends.server(), "SERT");
            assertThat(trap.isSprung()).isTrue();
            send(ends.server(), "lost");
            assertNothingComes(ends.client());
        }
    }

    @Test
    void aTextCutsItsConnectionOnceAndIsNotPassedOn() throws Exception {
        Trap trap = proxy.cutWhen(Direction.TO_CLIENT, "done");
        try (Ends ends = connect()) {
            send(ends.server(), "done");
            assertReset(ends.client());
            assertReset(ends.server());
            trap.await();
        }
        try (Ends ends = connect()) {
            send(ends.server(), "done");
            assertReceives(ends.client(), "done");
        }
    }

    @Test
    void takesTextsThatItCanFind() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> proxy.cutWhen(Direction.TO_CLIENT, ""))
                .withMessage("the text must be ASCII, 1 to 256 characters");
        assertThatIllegalArgumentException().isThrownBy(() -> proxy.cutWhen(Direction.TO_CLIENT, "x".repeat(257)));
        assertThatIllegalArgumentException().isThrownBy(() -> proxy.cutWhen(Direction.TO_CLIENT, "é"));
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
