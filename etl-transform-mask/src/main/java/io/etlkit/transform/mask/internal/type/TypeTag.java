package io.etlkit.transform.mask.internal.type;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/** The types that a token's plaintext names, and how their canonical forms are written for people. */
public enum TypeTag {
    IP(1, "ip"),
    UUID(2, "uuid"),
    TEXT(3, "text"),
    NUMBER(4, "number"),
    EMAIL(5, "email");

    private final int tag;
    private final String label;

    TypeTag(int tag, String label) {
        this.tag = tag;
        this.label = label;
    }

    public int tag() {
        return tag;
    }

    public String label() {
        return label;
    }

    public static boolean isFixedLength(byte tag) {
        return tag == IP.tag || tag == UUID.tag;
    }

    public static Optional<TypeTag> of(byte tag) {
        return Arrays.stream(values()).filter(each -> each.tag == tag).findFirst();
    }

    /** The canonical form as text, from {@code from} to {@code to}. */
    public String show(byte[] bytes, int from, int to) {
        return switch (this) {
            case IP -> IpText.format(bytes, from);
            case UUID -> {
                ByteBuffer halves = ByteBuffer.wrap(bytes, from, to - from);
                yield new java.util.UUID(halves.getLong(), halves.getLong()).toString();
            }
            case TEXT, NUMBER, EMAIL -> new String(bytes, from, to - from, StandardCharsets.UTF_8);
        };
    }
}
