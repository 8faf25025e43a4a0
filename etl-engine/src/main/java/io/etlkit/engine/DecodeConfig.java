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
                description =
                        "What the message's text is: json, an object; text, which becomes the field \"text\" of an object; or"
                                + " dead-letter, what the sqs dead-letter sink wrote, whose message is restored and decoded as json.",
                defaultValue = "json")
        Format format,

        @Option(
                description =
                        "What the message is wrapped in: none, sns (without raw message delivery), eventbridge or auto,"
                                + " which takes either, or both, or neither.",
                defaultValue = "none")
        Envelope envelope) {

    /** What a message's text is. */
    public enum Format {
        /** One JSON object (RFC 8259). */
        JSON,
        /** Any text; the body is an object with the one field {@code text}. */
        TEXT,
        /** A dead letter as the {@code sqs} dead-letter sink writes it; its message is restored and decoded as JSON. */
        DEAD_LETTER
    }

    /** What a message is wrapped in. */
    public enum Envelope {
        /** Nothing. */
        NONE,
        /** A notification of Amazon SNS; its {@code Message} is the message. */
        SNS,
        /** An event of Amazon EventBridge; its {@code detail} is the body. */
        EVENTBRIDGE,
        /** Whichever of these it is, or an event in a notification, or nothing; known by the fields it must have. */
        AUTO
    }

    /** Checks that the two go together. */
    public DecodeConfig {
        if (format == Format.TEXT && (envelope == Envelope.EVENTBRIDGE || envelope == Envelope.AUTO)) {
            throw new IllegalArgumentException(
                    "format: must be \"json\" where envelope is \"eventbridge\" or \"auto\"");
        }
    }

    /** Begins a configuration; an option that is not set has its default. The constructor is not API. */
    public static DecodeConfigBuilder builder() {
        return new DecodeConfigBuilder();
    }

    /** JSON without an envelope. */
    public static DecodeConfig defaults() {
        return builder().build();
    }
}
