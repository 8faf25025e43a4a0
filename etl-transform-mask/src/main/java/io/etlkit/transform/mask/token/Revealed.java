package io.etlkit.transform.mask.token;

/**
 * A masked value in the clear.
 *
 * @param value the value in canonical form: an IPv4 address as a dotted quad, IPv6 as in RFC 5952, a UUID in lower case,
 *     text in NFC without white space at its ends, a number without an exponent
 * @param type what the value was masked as: {@code text}, {@code ip}, ...
 * @param fingerprint the token's first 33 characters, which all tokens of the value share; of a token of
 *     {@code aes-gcm-random}, which shares nothing, its first 28; it is no secret
 */
public record Revealed(String value, String type, String fingerprint) {
    /** Without the value. */
    @Override
    public String toString() {
        return "Revealed[" + type + " " + fingerprint + "]";
    }
}
