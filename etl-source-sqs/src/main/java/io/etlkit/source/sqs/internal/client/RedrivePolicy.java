package io.etlkit.source.sqs.internal.client;

import io.etlkit.api.RejectedException;
import io.etlkit.api.value.NumberValue;
import io.etlkit.api.value.ObjectValue;
import io.etlkit.api.value.TextValue;
import io.etlkit.api.value.Value;
import io.etlkit.json.JsonReader;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Reads the queue attribute <a
 * href="https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SetQueueAttributes.html">RedrivePolicy</a>.
 * Stateless.
 */
final class RedrivePolicy {
    /** The most that SQS allows; used for a policy that is there but cannot be read. */
    private static final int MOST = 1000;

    private RedrivePolicy() {}

    /** How often a message is delivered before it is moved; empty when there is no policy. */
    static OptionalInt maxReceiveCount(Optional<String> policy) {
        return policy.map(text -> OptionalInt.of(count(text))).orElse(OptionalInt.empty());
    }

    /** AWS returns the number as a number or as text, as it was set. */
    private static int count(String policy) {
        try {
            Value count = JsonReader.read(policy) instanceof ObjectValue object
                    ? object.get("maxReceiveCount").orElse(Value.ofNull())
                    : Value.ofNull();
            if (count instanceof NumberValue number) {
                return number.value().intValue();
            }
            return count instanceof TextValue text ? Integer.parseInt(text.value()) : MOST;
        } catch (RejectedException | NumberFormatException unreadable) {
            return MOST;
        }
    }
}
