package io.etlkit.drills.proxy;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Something that a {@link TcpProxy} does once, to the first connection on which a certain text passes by. Safe for any
 * thread.
 */
public final class Trap {
    private static final int LONGEST = 256;
    private static final long PATIENCE_SECONDS = 60;

    private final TcpProxy.Direction direction;
    private final String text;
    private final Consumer<ProxiedConnection> effect;
    private final CountDownLatch sprung = new CountDownLatch(1);

    Trap(TcpProxy.Direction direction, String text, Consumer<ProxiedConnection> effect) {
        if (text.isEmpty()
                || text.length() > LONGEST
                || !StandardCharsets.US_ASCII.newEncoder().canEncode(text)) {
            throw new IllegalArgumentException("the text must be ASCII, 1 to " + LONGEST + " characters");
        }
        this.direction = direction;
        this.text = text;
        this.effect = effect;
    }

    /** Whether the text has passed by. */
    public boolean isSprung() {
        return sprung.getCount() == 0;
    }

    /**
     * Waits up to a minute until the text has passed by.
     *
     * @throws AssertionError when it does not
     */
    public void await() throws InterruptedException {
        if (!sprung.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("not seen within " + PATIENCE_SECONDS + " s, " + direction + ": " + text);
        }
    }

    /** Springs it if the text is there, the end of it in the newest bytes. */
    boolean springs(ProxiedConnection connection, TcpProxy.Direction on, SlidingText bytes) {
        if (on != direction || !bytes.hasNew(text)) {
            return false;
        }
        effect.accept(connection);
        sprung.countDown();
        return true;
    }

    /** The last bytes of a stream, one character each, so that a text that comes in pieces is found. */
    static final class SlidingText {
        private String seen = "";
        private int fresh;

        void add(byte[] bytes, int length) {
            String kept = seen.substring(Math.max(0, seen.length() - LONGEST));
            seen = kept + new String(bytes, 0, length, StandardCharsets.ISO_8859_1);
            fresh = length;
        }

        private boolean hasNew(String text) {
            return seen.indexOf(text, Math.max(0, seen.length() - fresh - text.length() + 1)) >= 0;
        }
    }
}
