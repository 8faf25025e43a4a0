package io.etlkit.sink.file;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Optional;

/**
 * Reads the lines of a file that may grow meanwhile, up to the last line end: a line that is being written or is torn does not
 * count. Used by one thread.
 */
final class LineScanner {
    private static final int BLOCK = 64 * 1024;

    private final FileChannel channel;
    private final ByteBuffer block = ByteBuffer.allocate(BLOCK).flip();
    private long position;
    private long start;

    /** Starts at the start of a line. */
    LineScanner(FileChannel channel, long from) {
        this.channel = channel;
        this.position = from;
    }

    /** The offset of the line that was read last. */
    long start() {
        return start;
    }

    /** The next line without its line end; empty when no complete line is left. */
    Optional<byte[]> next() throws IOException {
        start = position - block.remaining();
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        while (block.hasRemaining() || fill()) {
            byte[] bytes = block.array();
            for (int i = block.position(); i < block.limit(); i++) {
                if (bytes[i] == '\n') {
                    line.write(bytes, block.position(), i - block.position());
                    block.position(i + 1);
                    return Optional.of(line.toByteArray());
                }
            }
            line.write(bytes, block.position(), block.remaining());
            block.position(block.limit());
        }
        return Optional.empty();
    }

    private boolean fill() throws IOException {
        block.clear();
        int read = channel.read(block, position);
        block.flip();
        if (read <= 0) {
            block.position(block.limit());
            return false;
        }
        position += read;
        return true;
    }
}
