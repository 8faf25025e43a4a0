package io.etlkit.stub.sqs;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/**
 * What a queue's messages say, by their number, as the bytes that an answer carries: identifier, MD5 and escaped body are
 * worked out once, when a message comes in. Bytes lie in large chunks, so a million messages are no million objects.
 */
final class MessageStore {
    private static final int CHUNK_BYTES = 1 << 24;

    private static final int ID_LENGTH = 36;
    private static final int MD5_LENGTH = 32;

    private final MessageDigest md5 = newMd5();
    private final ByteText scratch = new ByteText(1 << 12);
    private final long seed;

    private byte[][] chunks = {new byte[CHUNK_BYTES]};
    private int lastChunk;
    private int chunkLength;
    private long[] places = new long[1 << 10];
    private int[] lengths = new int[1 << 10];
    private long[] sentAt = new long[1 << 10];
    private int size;

    MessageStore(long seed) {
        this.seed = seed;
    }

    /** Takes in a message and returns its number. */
    int add(byte[] body, long sentAtMillis) {
        scratch.truncate(0);
        appendUuid(size);
        scratch.appendHex(md5.digest(body)).appendEscaped(body);
        if (size == places.length) {
            places = Arrays.copyOf(places, size * 2);
            lengths = Arrays.copyOf(lengths, size * 2);
            sentAt = Arrays.copyOf(sentAt, size * 2);
        }
        places[size] = store();
        lengths[size] = scratch.length();
        sentAt[size] = sentAtMillis;
        return size++;
    }

    int size() {
        return size;
    }

    long sentAtMillis(int message) {
        return sentAt[message];
    }

    void appendId(int message, ByteText to) {
        to.append(chunk(message), offset(message), ID_LENGTH);
    }

    void appendMd5(int message, ByteText to) {
        to.append(chunk(message), offset(message) + ID_LENGTH, MD5_LENGTH);
    }

    void appendBody(int message, ByteText to) {
        int ahead = ID_LENGTH + MD5_LENGTH;
        to.append(chunk(message), offset(message) + ahead, lengths[message] - ahead);
    }

    private byte[] chunk(int message) {
        return chunks[(int) (places[message] >>> Integer.SIZE)];
    }

    private int offset(int message) {
        return (int) places[message];
    }

    private long store() {
        if (CHUNK_BYTES - chunkLength < scratch.length()) {
            lastChunk++;
            chunkLength = 0;
            if (lastChunk == chunks.length) {
                chunks = Arrays.copyOf(chunks, lastChunk * 2);
            }
            chunks[lastChunk] = new byte[CHUNK_BYTES];
        }
        System.arraycopy(scratch.array(), 0, chunks[lastChunk], chunkLength, scratch.length());
        long place = (long) lastChunk << Integer.SIZE | chunkLength;
        chunkLength += scratch.length();
        return place;
    }

    /** A version 4 UUID (RFC 9562) that depends on seed and number only. */
    private void appendUuid(int message) {
        long high = Randoms.mix(seed, 2L * message);
        long low = Randoms.mix(seed, 2L * message + 1);
        scratch.appendHex(high >>> 32, 8)
                .append('-')
                .appendHex(high >>> 16, 4)
                .append("-4")
                .appendHex(high, 3)
                .append('-')
                .appendHex(0x8 | low >>> 62, 1)
                .appendHex(low >>> 48, 3)
                .append('-')
                .appendHex(low, 12);
    }

    private static MessageDigest newMd5() {
        try {
            return MessageDigest.getInstance("MD5");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has MD5", impossible);
        }
    }

    /** The MD5 of a text's UTF-8 form, in hexadecimal digits, as SQS sends it. */
    static String md5Hex(String text) {
        return md5Hex(text.getBytes(StandardCharsets.UTF_8));
    }

    static String md5Hex(byte[] bytes) {
        return new String(
                new ByteText(MD5_LENGTH).appendHex(newMd5().digest(bytes)).toByteArray(), StandardCharsets.US_ASCII);
    }
}
