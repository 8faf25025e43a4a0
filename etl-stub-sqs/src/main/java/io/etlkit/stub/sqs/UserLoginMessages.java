package io.etlkit.stub.sqs;

import java.nio.charset.StandardCharsets;

/**
 * Made-up user logins, each a pure function of a seed and its number: {@code {"user_id": 64 hexadecimal digits,
 * "app_version", "device_type", "ip": one in ten of them IPv6, "locale": one in ten of them null, "device_id"}}. Devices and
 * addresses are drawn from half as many values as there are messages, so many messages share one. The addresses are in ranges
 * that nobody owns (RFC 1918, RFC 3849). Safe for any thread.
 */
public final class UserLoginMessages {
    private static final String[] VERSIONS = {"2.3.0", "2.2.1", "0.44", "1.9.12", "3.0.0"};
    private static final String[] DEVICE_TYPES = {"android", "iOS"};
    private static final String[] LOCALES = {
        "\"RU\"", "\"US\"", "\"IN\"", "\"DE\"", "\"BR\"", "\"JP\"", "\"FR\"", "\"PL\"", "\"MX\"", "null"
    };

    private static final int IPV6_SHARE = 10;

    private final long seed;
    private final int distinct;

    /** Logins of {@code count} messages. */
    public UserLoginMessages(long seed, int count) {
        this.seed = seed;
        this.distinct = Math.max(1, count / 2);
    }

    /** The body of one message, as JSON text in UTF-8. */
    public byte[] body(int number) {
        return body(number, pick(distinct, Randoms.mix(seed, number), 0));
    }

    private byte[] body(int number, int user) {
        long draw = Randoms.mix(seed, number);
        ByteText text = new ByteText(256);
        text.append("{\"user_id\":\"");
        appendUserId(user, text);
        text.append("\",\"app_version\":\"").append(VERSIONS[pick(VERSIONS.length, draw, 1)]);
        text.append("\",\"device_type\":\"").append(DEVICE_TYPES[pick(DEVICE_TYPES.length, draw, 2)]);
        text.append("\",\"ip\":\"");
        appendAddress(pick(distinct, draw, 3), text);
        text.append("\",\"locale\":").append(LOCALES[pick(LOCALES.length, draw, 4)]);
        text.append(",\"device_id\":\"");
        appendDeviceId(pick(distinct, draw, 5), text);
        return text.append("\"}").toByteArray();
    }

    /** The body of one message, as JSON text. */
    public String text(int number) {
        return new String(body(number), StandardCharsets.UTF_8);
    }

    /** The body of one message whose user no other number has, so that its row can be identified. */
    public String textOfOwnUser(int number) {
        return new String(body(number, number), StandardCharsets.UTF_8);
    }

    private static int pick(int bound, long draw, int column) {
        return Randoms.below(bound, draw, column);
    }

    private void appendUserId(int user, ByteText text) {
        for (int part = 0; part < 4; part++) {
            text.appendHex(Randoms.mix(seed + user, part), 16);
        }
    }

    private static void appendAddress(int host, ByteText text) {
        if (host % IPV6_SHARE == 0) {
            text.append("2001:db8::")
                    .append(Integer.toHexString(host >>> 16 | 0x100))
                    .append(':')
                    .append(Integer.toHexString(host & 0xffff));
        } else {
            text.append("10.").appendDecimal(host >>> 16 & 0xff).append('.');
            text.appendDecimal(host >>> 8 & 0xff).append('.').appendDecimal(host & 0xff);
        }
    }

    /** Nine digits, as 593-47-5928. */
    private static void appendDeviceId(int device, ByteText text) {
        long digits = 1_000_000_000L + device * 7_919L % 1_000_000_000L;
        String shown = Long.toString(digits);
        text.append(shown.substring(1, 4)).append('-').append(shown.substring(4, 6));
        text.append('-').append(shown.substring(6));
    }
}
