package io.etlkit.stub.sqs;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One client's connection: its requests are carried out one after another, each answered before the next is looked at. Used
 * by the loop's thread only.
 */
final class HttpConnection {
    /** Carries out requests; may answer at once or later. */
    interface Handler {
        void handle(HttpRequest request, HttpConnection connection);
    }

    private final SocketChannel channel;
    private final SelectionKey key;
    private final Handler handler;
    private final HttpRequest request = new HttpRequest();
    private byte[] received = new byte[1 << 13];
    private ByteBuffer input = ByteBuffer.wrap(received);
    private @Nullable ByteBuffer unsent;
    private boolean answering;
    private boolean handling;
    private boolean closeWhenSent;
    private boolean closed;

    HttpConnection(SocketChannel channel, SelectionKey key, Handler handler) {
        this.channel = channel;
        this.key = key;
        this.handler = handler;
    }

    /** Where the client reached the server, without a path. */
    String serverUrl() {
        return "http://127.0.0.1:" + channel.socket().getLocalPort();
    }

    boolean isOpen() {
        return !closed;
    }

    /** Called when there is something to read, or room to write. */
    void ready() {
        try {
            if (key.isWritable()) {
                sendRest();
            }
            if (!closed && key.isReadable()) {
                read();
            }
        } catch (IOException reset) {
            close();
        }
    }

    /** Sends the answer to the request that was handed to the handler, and looks at the next one. */
    void answer(ByteBuffer answer) {
        if (closed) {
            return;
        }
        try {
            channel.write(answer);
            if (answer.hasRemaining()) {
                unsent = ByteBuffer.allocate(answer.remaining()).put(answer).flip();
                key.interestOps(SelectionKey.OP_READ | SelectionKey.OP_WRITE);
            } else {
                sent();
            }
        } catch (IOException reset) {
            close();
        }
    }

    /** Sends something in place of an answer, and nothing after it. */
    void answerAndClose(ByteBuffer answer) {
        closeWhenSent = true;
        answer(answer);
    }

    void close() {
        closed = true;
        try {
            channel.close();
        } catch (IOException alreadyGone) {
            // the client is gone, which is what was wanted
        }
    }

    private void read() throws IOException {
        if (!input.hasRemaining()) {
            received = Arrays.copyOf(received, received.length * 2);
            input = ByteBuffer.wrap(received).position(received.length / 2);
        }
        if (channel.read(input) < 0) {
            close();
            return;
        }
        next();
    }

    private void next() {
        while (!answering && !handling && !closed && request.parse(received, input.position())) {
            answering = true;
            handling = true;
            handler.handle(request, this);
            handling = false;
            int rest = input.position() - request.bodyEnd();
            System.arraycopy(received, request.bodyEnd(), received, 0, rest);
            input.position(rest);
        }
    }

    private void sendRest() throws IOException {
        if (unsent == null) {
            return;
        }
        channel.write(unsent);
        if (!unsent.hasRemaining()) {
            unsent = null;
            key.interestOps(SelectionKey.OP_READ);
            sent();
        }
    }

    private void sent() {
        if (closeWhenSent) {
            close();
            return;
        }
        answering = false;
        next();
    }
}
