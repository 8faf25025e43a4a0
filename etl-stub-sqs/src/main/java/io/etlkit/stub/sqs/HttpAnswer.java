package io.etlkit.stub.sqs;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Puts one HTTP answer together: room for the head is kept before the body, so that the length can be written once it is known
 * and all of it lies in one piece. Used again for each answer, by one thread.
 */
final class HttpAnswer {
    private static final int HEAD_ROOM = 512;

    private static final byte[] COMMON_HEAD = String.join(
                    "\r\n",
                    "Content-Type: application/x-amz-json-1.0",
                    "x-amzn-RequestId: 5fea7756-0ea4-451a-a703-a558b933e274",
                    "Connection: keep-alive",
                    "Content-Length: ")
            .getBytes(StandardCharsets.US_ASCII);

    private final ByteText head = new ByteText(HEAD_ROOM);
    private final ByteText body = new ByteText(1 << 15);

    /** Starts an answer and returns what its body is to be appended to. */
    ByteText start() {
        return body.truncate(HEAD_ROOM);
    }

    ByteBuffer ok() {
        head.truncate(0).append("HTTP/1.1 200 OK\r\n");
        return finish();
    }

    /** An error in the form of the AWS JSON protocol; clears what was appended before. */
    ByteBuffer error(int status, String code, String message) {
        start().append("{\"__type\":\"com.amazonaws.sqs#")
                .append(code)
                .append("\",\"message\":\"")
                .appendEscaped(message.getBytes(StandardCharsets.UTF_8))
                .append("\"}");
        head.truncate(0).append("HTTP/1.1 ").appendDecimal(status).append(" Error\r\nx-amzn-query-error: ");
        head.append(code).append(status < 500 ? ";Sender\r\n" : ";Receiver\r\n");
        return finish();
    }

    private ByteBuffer finish() {
        head.append(COMMON_HEAD).appendDecimal(body.length() - HEAD_ROOM).append("\r\n\r\n");
        int start = HEAD_ROOM - head.length();
        System.arraycopy(head.array(), 0, body.array(), start, head.length());
        return ByteBuffer.wrap(body.array(), start, body.length() - start);
    }
}
