package io.etlkit.transform.mask.internal.token;

import java.util.Optional;

/** The name under which values are comparable: keys are derived for it, and equal values of two domains have other tokens. */
public final class Domain {
    private static final int MAX_LENGTH = 128;

    private Domain() {}

    /** What is wrong with a domain's name; empty when nothing is. */
    public static Optional<String> problem(String domain) {
        boolean valid = !domain.isEmpty()
                && domain.length() <= MAX_LENGTH
                && domain.chars().allMatch(c -> c >= 0x21 && c <= 0x7E);
        return valid
                ? Optional.empty()
                : Optional.of("a domain is 1 to " + MAX_LENGTH + " printable ASCII characters without blanks");
    }
}
