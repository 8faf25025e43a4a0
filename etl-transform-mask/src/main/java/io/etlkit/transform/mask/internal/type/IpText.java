package io.etlkit.transform.mask.internal.type;

/**
 * Reads and writes IP addresses. Reading is strict and never asks the DNS: IPv4 is four decimal numbers without leading
 * zeros; IPv6 is as RFC 4291, section 2.2 has it, with an optional zone, which is dropped. Either gives 16 bytes, an IPv4
 * address as {@code ::ffff:a.b.c.d}. Writing is as RFC 5952 has it, and IPv4 as a dotted quad.
 */
public final class IpText {
    public static final int LENGTH = 16;

    private static final int GROUPS = 8;

    private IpText() {}

    /** Writes the address's 16 bytes to {@code out}, and tells whether the text is an address. */
    public static boolean parse(String text, byte[] out, int at) {
        if (text.indexOf(':') >= 0) {
            return parseIpv6(text, out, at);
        }
        for (int i = 0; i < 10; i++) {
            out[at + i] = 0;
        }
        out[at + 10] = (byte) 0xff;
        out[at + 11] = (byte) 0xff;
        return parseIpv4(text, 0, text.length(), out, at + 12);
    }

    private static boolean parseIpv4(String text, int from, int to, byte[] out, int at) {
        int position = from;
        for (int part = 0; part < 4; part++) {
            if (part > 0 && (position >= to || text.charAt(position++) != '.')) {
                return false;
            }
            int start = position;
            int number = 0;
            while (position < to && position - start < 3 && isDigit(text.charAt(position))) {
                number = number * 10 + text.charAt(position++) - '0';
            }
            boolean leadingZero = position - start > 1 && text.charAt(start) == '0';
            if (position == start || leadingZero || number > 255) {
                return false;
            }
            out[at + part] = (byte) number;
        }
        return position == to;
    }

    private static boolean parseIpv6(String text, byte[] out, int at) {
        int zone = text.indexOf('%');
        int end = zone < 0 ? text.length() : zone;
        if (zone == text.length() - 1) {
            return false;
        }
        int gap = -1;
        int groups = 0;
        int position = 0;
        if (text.startsWith("::")) {
            gap = 0;
            position = 2;
        }
        while (position < end) {
            if (groups == GROUPS) {
                return false;
            }
            int groupEnd = hexEnd(text, position, end);
            if (groupEnd < end && text.charAt(groupEnd) == '.') {
                if (groups > GROUPS - 2 || !parseIpv4(text, position, end, out, at + groups * 2)) {
                    return false;
                }
                groups += 2;
                position = end;
                break;
            }
            if (groupEnd == position || groupEnd - position > 4) {
                return false;
            }
            int group = Integer.parseInt(text, position, groupEnd, 16);
            out[at + groups * 2] = (byte) (group >>> 8);
            out[at + groups * 2 + 1] = (byte) group;
            groups++;
            position = groupEnd;
            if (position == end) {
                break;
            }
            if (text.charAt(position) != ':') {
                return false;
            }
            position++;
            if (position < end && text.charAt(position) == ':') {
                if (gap >= 0) {
                    return false;
                }
                gap = groups;
                position++;
            } else if (position == end) {
                return false;
            }
        }
        return spread(out, at, groups, gap);
    }

    /** Makes the zeros that {@code ::} stands for, which are one group at least. */
    private static boolean spread(byte[] out, int at, int groups, int gap) {
        if (gap < 0) {
            return groups == GROUPS;
        }
        if (groups == GROUPS) {
            return false;
        }
        int behind = (groups - gap) * 2;
        System.arraycopy(out, at + gap * 2, out, at + LENGTH - behind, behind);
        for (int i = gap * 2; i < LENGTH - behind; i++) {
            out[at + i] = 0;
        }
        return true;
    }

    private static int hexEnd(String text, int from, int end) {
        int position = from;
        while (position < end && isHexDigit(text.charAt(position))) {
            position++;
        }
        return position;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isHexDigit(char c) {
        return isDigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
    }

    /** The address whose 16 bytes stand at {@code at}. */
    public static String format(byte[] bytes, int at) {
        return isIpv4(bytes, at) ? formatIpv4(bytes, at + 12) : formatIpv6(bytes, at);
    }

    /** Whether these are the 16 bytes of an IPv4 address. */
    public static boolean isIpv4(byte[] bytes, int at) {
        for (int i = 0; i < 10; i++) {
            if (bytes[at + i] != 0) {
                return false;
            }
        }
        return bytes[at + 10] == (byte) 0xff && bytes[at + 11] == (byte) 0xff;
    }

    public static String formatIpv4(byte[] bytes, int at) {
        return (bytes[at] & 0xff) + "." + (bytes[at + 1] & 0xff) + "." + (bytes[at + 2] & 0xff) + "."
                + (bytes[at + 3] & 0xff);
    }

    public static String formatIpv6(byte[] bytes, int at) {
        int[] groups = new int[GROUPS];
        for (int i = 0; i < GROUPS; i++) {
            groups[i] = (bytes[at + i * 2] & 0xff) << 8 | (bytes[at + i * 2 + 1] & 0xff);
        }
        int gap = longestZeros(groups);
        StringBuilder text = new StringBuilder();
        int i = 0;
        while (i < GROUPS) {
            if (i == gap) {
                text.append("::");
                while (i < GROUPS && groups[i] == 0) {
                    i++;
                }
                continue;
            }
            if (i > 0 && text.charAt(text.length() - 1) != ':') {
                text.append(':');
            }
            text.append(Integer.toHexString(groups[i++]));
        }
        return text.toString();
    }

    /** Where the first of the longest runs of two zeros or more starts; -1 where there is none. */
    private static int longestZeros(int[] groups) {
        int best = -1;
        int bestLength = 1;
        int start = 0;
        for (int i = 0; i <= GROUPS; i++) {
            if (i == GROUPS || groups[i] != 0) {
                if (i - start > bestLength) {
                    best = start;
                    bestLength = i - start;
                }
                start = i + 1;
            }
        }
        return best;
    }
}
