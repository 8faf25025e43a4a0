package io.etlkit.engine;

import io.etlkit.api.config.Option;

/**
 * How the raw text of a message becomes a record's body.
 *
 * @param format what the text is
 * @param envelope what it is wrapped in
 */
public record DecodeConfig(
        @Option(
                value = "What the message's text is: json, an object; or text, which becomes the field \"text\" of an"
                        + " object.",
                defaultValue = "json")
        Format format,

        @Option(
                value =
                        "What the message is wrapped in: none, sns, eventbridge or auto. Only none is supported so far.",
                defaultValue = "none")
        Envelope envelope) {

    /** What a message's text is. */
    public enum Format {
        /** One JSON object (RFC 8259). */
        JSON,
        /** Any text; the body is an object with the one field {@code text}. */
        TEXT
    }

    /** What a message is wrapped in. */
    public enum Envelope {
        /** Nothing. */
        NONE,
        /** A notification of Amazon SNS. */
        SNS,
        /** An event of Amazon EventBridge. */
        EVENTBRIDGE,
        /** Whichever of these it is. */
        AUTO
    }

    /** Checks that the envelope is one that can be read. */
    public DecodeConfig {
        if (envelope != Envelope.NONE) {
            throw new IllegalArgumentException("envelope: only \"none\" is supported so far");
        }
    }

    /** JSON without an envelope. */
    public static DecodeConfig defaults() {
        return new DecodeConfig(Format.JSON, Envelope.NONE);
    }
}
