package io.etlkit.api;

import io.etlkit.api.value.Value;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A rejected record, kept with the reason. Everything but {@code original} is free of the record's values.
 *
 * @param pipeline the pipeline's name
 * @param key the message's name; a dead-letter sink keeps one letter for each pipeline and key
 * @param stage where it was rejected
 * @param step which step of the chain, as {@code transforms[1].mask}; empty outside the transform stage
 * @param rejection why
 * @param attempts how often the source had delivered the message, this time included; at least 1
 * @param failedAt when it was rejected
 * @param original what is kept of the record as the source handed it over
 */
public record DeadLetter(
        String pipeline,
        RecordKey key,
        Stage stage,
        Optional<String> step,
        Rejection rejection,
        int attempts,
        Instant failedAt,
        Original original) {

    /** The stages of a record's life that can reject it. */
    public enum Stage {
        DECODE,
        TRANSFORM,
        GUARD,
        SINK;

        /** The stage's name as dead letters store it: {@code decode}, {@code transform}, ... */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** The stage of a label; empty when there is none of that name. */
        public static Optional<Stage> ofLabel(String label) {
            return Arrays.stream(values())
                    .filter(stage -> stage.label().equals(label))
                    .findFirst();
        }
    }

    /** What is kept of the original record. */
    public sealed interface Original permits Sealed, Clear, Omitted {
        /** In which form it is kept, as dead letters store it: {@code sealed}, {@code clear} or {@code omitted}. */
        String form();
    }

    /** Encrypted; only a holder of the keyset opens it. */
    public static final class Sealed implements Original {
        private final byte[] bytes;

        /** Keeps a copy of the sealed bytes. */
        public Sealed(byte[] bytes) {
            this.bytes = bytes.clone();
        }

        /** A copy of the sealed bytes. */
        public byte[] bytes() {
            return bytes.clone();
        }

        /** How many bytes they are. */
        public int length() {
            return bytes.length;
        }

        @Override
        public String form() {
            return "sealed";
        }

        @Override
        public String toString() {
            return "Sealed[" + bytes.length + " bytes]";
        }
    }

    /**
     * In the clear, because the pipeline asks for it.
     *
     * @param body the raw body
     * @param headers the headers as the source gave them
     */
    public record Clear(Value body, Map<String, Value> headers) implements Original {
        @Override
        public String form() {
            return "clear";
        }

        @Override
        public String toString() {
            return "Clear[body=" + body + "]";
        }
    }

    /** Left out. */
    public record Omitted() implements Original {
        @Override
        public String form() {
            return "omitted";
        }
    }
}
