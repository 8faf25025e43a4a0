package io.etlkit.stub.sqs;

import java.nio.charset.StandardCharsets;

/**
 * Reads a request that names receipts: {@code DeleteMessageBatch}, {@code ChangeMessageVisibilityBatch} and their forms for
 * one message, which read as a batch of one. It walks over the bytes and makes no tree of them, for deletes are half of what
 * a load test sends. Used again for each request, by one thread.
 */
final class BatchRequest {
    private static final int MOST_ENTRIES = 10;

    private static final int ID = "Id".length();
    private static final int QUEUE_URL = "QueueUrl".length();
    private static final int RECEIPT_HANDLE = "ReceiptHandle".length();
    private static final int VISIBILITY_TIMEOUT = "VisibilityTimeout".length();

    private final int[] idStarts = new int[MOST_ENTRIES + 1];
    private final int[] idEnds = new int[MOST_ENTRIES + 1];
    private final long[] receipts = new long[MOST_ENTRIES + 1];
    private final int[] visibilitySeconds = new int[MOST_ENTRIES + 1];

    private byte[] bytes = {};
    private String queueUrl = "";
    private int size;
    private int keyLength;
    private boolean hasReceipt;

    /** Reads a request; whether it has at most ten entries. */
    boolean parse(byte[] from, int start, int end) {
        bytes = from;
        queueUrl = "";
        size = 0;
        clearEntry();
        int at = start;
        while (at < end && size <= MOST_ENTRIES) {
            byte here = from[at];
            if (here == '"') {
                at = text(at + 1, end);
            } else if (here >= '0' && here <= '9') {
                at = number(at, end);
            } else {
                if (here == '}' && hasReceipt) {
                    size++;
                    clearEntry();
                }
                at++;
            }
        }
        return size <= MOST_ENTRIES;
    }

    String queueUrl() {
        return queueUrl;
    }

    int size() {
        return size;
    }

    /** The receipt of an entry, as {@link Receipts#parse} returns it. */
    long receipt(int entry) {
        return receipts[entry];
    }

    int visibilitySeconds(int entry) {
        return visibilitySeconds[entry];
    }

    /** Appends an entry's id as it was written, escapes and all. */
    void appendId(int entry, ByteText to) {
        to.append(bytes, idStarts[entry], idEnds[entry] - idStarts[entry]);
    }

    private void clearEntry() {
        hasReceipt = false;
        if (size <= MOST_ENTRIES) {
            idStarts[size] = 0;
            idEnds[size] = 0;
            visibilitySeconds[size] = 0;
        }
    }

    /** Takes a string that starts here; where it goes on after it. */
    private int text(int start, int end) {
        int close = start;
        while (close < end && bytes[close] != '"') {
            close += bytes[close] == '\\' ? 2 : 1;
        }
        int next = close + 1;
        while (next < end && bytes[next] <= ' ') {
            next++;
        }
        if (next < end && bytes[next] == ':') {
            keyLength = close - start;
            return next + 1;
        }
        take(start, close);
        return next;
    }

    private void take(int start, int end) {
        if (keyLength == RECEIPT_HANDLE) {
            receipts[size] = Receipts.parse(bytes, start, end);
            hasReceipt = true;
        } else if (keyLength == ID) {
            idStarts[size] = start;
            idEnds[size] = end;
        } else if (keyLength == QUEUE_URL) {
            queueUrl = new String(bytes, start, end - start, StandardCharsets.UTF_8);
        }
    }

    private int number(int start, int end) {
        int at = start;
        int number = 0;
        while (at < end && bytes[at] >= '0' && bytes[at] <= '9') {
            number = number * 10 + bytes[at] - '0';
            at++;
        }
        if (keyLength == VISIBILITY_TIMEOUT) {
            visibilitySeconds[size] = number;
        }
        return at;
    }
}
