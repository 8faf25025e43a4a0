package io.etlkit.sink.file;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Optional;

/**
 * Reads the lines of a file that may grow meanwhile, up to the last one that has its end: a line that is being written, or
 * was torn, is none. Used by one thread.
 */
final class LineScanner {
    private static final int BLOCK = 64 * 1024;

    private final FileChannel channel;
    private final ByteBuffer block = ByteBuffer.allocate(BLOCK).flip();
    private long position;
    private long start;

    /** Begins at a line's start. */
    LineScanner(FileChannel channel, long from) {
        this.channel = channel;
        this.position = from;
    }

    /** Where the line that was read last begins. */
    long start() {
        return start;
    }

    /** The next line, without its end; empty when there is none with an end. */
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
