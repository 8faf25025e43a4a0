package io.etlkit.api.config;

import java.util.Objects;

/** A secret string: a password, a key. It is shown by {@link #reveal()} only. Immutable. */
public final class Secret {
    private final String value;

    private Secret(String value) {
        this.value = Objects.requireNonNull(value, "value");
    }

    /** Wraps a secret. */
    public static Secret of(String value) {
        return new Secret(value);
    }

    /** The secret in the clear; it goes nowhere but into the call that needs it. */
    public String reveal() {
        return value;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Secret secret && value.equals(secret.value);
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    @Override
    public String toString() {
        return "Secret[***]";
    }
}
