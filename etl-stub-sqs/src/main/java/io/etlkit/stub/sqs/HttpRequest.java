package io.etlkit.stub.sqs;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Finds one HTTP/1.1 request (RFC 9112) at the start of some bytes: the {@code X-Amz-Target} header and the body, which has
 * to come with a {@code Content-Length}. The bytes belong to the connection: copy what is needed later.
 */
final class HttpRequest {
    private static final byte[] TARGET = name("x-amz-target:");
    private static final byte[] CONTENT_LENGTH = name("content-length:");

    private byte[] bytes = {};
    private String target = "";
    private int bodyStart;
    private int bodyEnd;

    /** Whether a whole request is there; only then may the other methods be called. */
    boolean parse(byte[] received, int length) {
        bytes = received;
        target = "";
        int bodyLength = 0;
        int line = nextLine(0, length);
        while (line > 0) {
            if (received[line] == '\r') {
                bodyStart = line + 2;
                bodyEnd = bodyStart + bodyLength;
                return bodyEnd <= length;
            }
            int next = nextLine(line, length);
            if (next > 0 && startsWith(line, next, TARGET)) {
                target = value(line + TARGET.length, next);
            } else if (next > 0 && startsWith(line, next, CONTENT_LENGTH)) {
                bodyLength = Integer.parseInt(value(line + CONTENT_LENGTH.length, next));
            }
            line = next;
        }
        return false;
    }

    String target() {
        return target;
    }

    byte[] bytes() {
        return bytes;
    }

    int bodyStart() {
        return bodyStart;
    }

    int bodyEnd() {
        return bodyEnd;
    }

    String body() {
        return new String(bytes, bodyStart, bodyEnd - bodyStart, StandardCharsets.UTF_8);
    }

    /** Where the next line starts, at least two bytes of which are there; or 0. */
    private int nextLine(int from, int length) {
        for (int at = from; at < length - 2; at++) {
            if (bytes[at] == '\n') {
                return at + 1;
            }
        }
        return 0;
    }

    private boolean startsWith(int line, int end, byte[] lowerCaseName) {
        if (end - line < lowerCaseName.length) {
            return false;
        }
        for (int at = 0; at < lowerCaseName.length; at++) {
            if (Character.toLowerCase(bytes[line + at]) != lowerCaseName[at]) {
                return false;
            }
        }
        return true;
    }

    private String value(int start, int end) {
        return new String(bytes, start, end - start, StandardCharsets.US_ASCII).strip();
    }

    private static byte[] name(String name) {
        return name.toLowerCase(Locale.ROOT).getBytes(StandardCharsets.US_ASCII);
    }
}
