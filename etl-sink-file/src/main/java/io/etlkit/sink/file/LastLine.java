package io.etlkit.sink.file;

import io.etlkit.api.RejectedException;
import io.etlkit.json.JsonReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;

/**
 * Repairs a last line without a line end. A crash in the middle of a write leaves one that is not JSON: it is cut off, because
 * its records are delivered again. Another program may leave one that is complete: it gets a line end.
 */
final class LastLine {
    private static final int BLOCK = 64 * 1024;

    private LastLine() {}

    /** Repairs the last line, and returns the file's length afterwards. */
    static long repair(FileChannel channel) throws IOException {
        long length = channel.size();
        long start = startOfLastLine(channel, length);
        if (start == length) {
            return length;
        }
        if (isJson(channel, start, length)) {
            return length + channel.write(ByteBuffer.wrap(new byte[] {'\n'}), length);
        }
        channel.truncate(start);
        return start;
    }

    /** The position after the last line end; 0 when there is none. */
    private static long startOfLastLine(FileChannel channel, long length) throws IOException {
        long end = length;
        int size = 1; // the last byte is nearly always a line end
        while (end > 0) {
            byte[] block = read(channel, Math.max(0, end - size), end);
            for (int i = block.length - 1; i >= 0; i--) {
                if (block[i] == '\n') {
                    return end - block.length + i + 1;
                }
            }
            end -= block.length;
            size = BLOCK;
        }
        return 0;
    }

    private static boolean isJson(FileChannel channel, long start, long end) throws IOException {
        try {
            JsonReader.read(new String(read(channel, start, end), StandardCharsets.UTF_8));
            return true;
        } catch (RejectedException torn) {
            return false;
        }
    }

    private static byte[] read(FileChannel channel, long start, long end) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(end - start));
        while (bytes.hasRemaining()) {
            if (channel.read(bytes, start + bytes.position()) < 0) {
                throw new IOException("the file shrank while it was read");
            }
        }
        return bytes.array();
    }
}
