package io.etlkit.stub.sqs;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Makes wrong answers of right ones. Stateless. */
final class SpoiltAnswer {
    private static final String HEAD_END = "\r\n\r\n";
    private static final String LENGTH = "Content-Length: ";
    private static final String MD5 = "\"MD5OfBody\":\"";

    private SpoiltAnswer() {}

    /** Half of the body, and a length that says so. */
    static ByteBuffer cut(ByteBuffer answer) {
        String text = text(answer);
        int body = text.indexOf(HEAD_END) + HEAD_END.length();
        int kept = (text.length() - body) / 2;
        int length = text.indexOf(LENGTH) + LENGTH.length();
        String head = text.substring(0, length) + kept + text.substring(text.indexOf("\r\n", length), body);
        return bytes(head + text.substring(body, body + kept));
    }

    /** Half of the body, and a length that promises the whole. */
    static ByteBuffer endedEarly(ByteBuffer answer) {
        String text = text(answer);
        int body = text.indexOf(HEAD_END) + HEAD_END.length();
        return bytes(text.substring(0, body + (text.length() - body) / 2));
    }

    /** Another first digit of the first MD5; as it was when there is none. */
    static ByteBuffer withWrongMd5(ByteBuffer answer) {
        String text = text(answer);
        int md5 = text.indexOf(MD5);
        if (md5 < 0) {
            return bytes(text);
        }
        int digit = md5 + MD5.length();
        char other = text.charAt(digit) == '0' ? '1' : '0';
        return bytes(text.substring(0, digit) + other + text.substring(digit + 1));
    }

    /** One character for each byte. */
    private static String text(ByteBuffer answer) {
        byte[] bytes = new byte[answer.remaining()];
        answer.get(bytes);
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
    }
}
