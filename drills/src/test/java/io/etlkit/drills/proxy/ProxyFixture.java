package io.etlkit.drills.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A proxy, and the server behind it. */
abstract class ProxyFixture {
    private static final int SOON_MILLIS = 100;
    static final int PATIENCE_MILLIS = 20_000;

    ServerSocket listener;
    TcpProxy proxy;

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
    record Ends(Socket client, Socket server) implements AutoCloseable {
        @Override
        public void close() throws IOException {
            client.close();
            server.close();
        }
    }

    Ends connect() throws IOException {
        Socket client = new Socket();
        client.connect(address(proxy));
        client.setSoTimeout(PATIENCE_MILLIS);
        Socket server = listener.accept();
        server.setSoTimeout(PATIENCE_MILLIS);
        return new Ends(client, server);
    }

    static InetSocketAddress address(TcpProxy of) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), of.port());
    }

    static void send(Socket from, String text) throws IOException {
        from.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    }

    static void assertReceives(Socket at, String text) throws IOException {
        byte[] bytes = at.getInputStream().readNBytes(text.length());
        assertThat(new String(bytes, StandardCharsets.UTF_8)).isEqualTo(text);
    }

    static void assertNothingComes(Socket at) throws IOException {
        at.setSoTimeout(SOON_MILLIS);
        assertThatExceptionOfType(SocketTimeoutException.class)
                .isThrownBy(() -> at.getInputStream().read());
        at.setSoTimeout(PATIENCE_MILLIS);
    }

    static void assertEnded(Socket at) throws IOException {
        assertThat(at.getInputStream().read()).isEqualTo(-1);
    }

    static void assertReset(Socket at) {
        assertThatExceptionOfType(SocketException.class)
                .isThrownBy(() -> at.getInputStream().read());
    }
}
