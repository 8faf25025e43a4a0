package io.etlkit.engine;

import io.etlkit.api.config.Option;
import java.util.Optional;

/**
 * What a dead letter keeps of the record as the source handed it over.
 *
 * @param original how it is kept
 * @param keyset with which keyset it is sealed; empty: with that of the first step that has one. Where there is none, the
 *     original is left out
 */
public record DeadLetterPolicy(
        @Option(
                description =
                        "What is kept of the rejected message, its headers included: seal (encrypted), omit (nothing) or"
                                + " clear (as it is).",
                defaultValue = "seal")
        Original original,

        @Option(
                description =
                        "The keyset to seal with; without it, that of the first mask step. Where there is none, the"
                                + " original is left out.",
                example = "keys/pii.json")
        Optional<String> keyset) {

    /** How an original is kept. */
    public enum Original {
        /** Encrypted. */
        SEAL,
        /** Not at all. */
        OMIT,
        /** As it is, personal data included. */
        CLEAR
    }

    /** Checks that a keyset is named only where it is used. */
    public DeadLetterPolicy {
        if (keyset.isPresent() && original != Original.SEAL) {
            throw new IllegalArgumentException("keyset: is of no use unless original is \"seal\"");
        }
    }

    /** Begins a configuration; an option that is not set has its default. The constructor is not API. */
    public static DeadLetterPolicyBuilder builder() {
        return new DeadLetterPolicyBuilder();
    }

    /** Sealed with the first step's keyset. */
    public static DeadLetterPolicy defaults() {
        return builder().build();
    }
}
