package io.etlkit.engine.internal.decode;

import io.etlkit.api.RejectedException;
import io.etlkit.api.value.ListValue;
import io.etlkit.api.value.ObjectValue;
import io.etlkit.api.value.TextValue;
import io.etlkit.api.value.Value;
import io.etlkit.json.JsonReader;
import java.util.List;

/**
 * What the Amazon SQS and SNS extended clients send in place of a payload that is too large: a JSON array of a class's name
 * and where the payload lies in S3. It is told by its shape, for the class has had several names. Stateless.
 */
final class S3Pointer {
    /** The reason code. */
    static final String REASON = "s3_pointer";

    /** Bucket and key have 63 and 1024 characters at most; a longer text is not worth parsing. */
    private static final int LONGEST = 8192;

    private S3Pointer() {}

    /**
     * Refuses a message that is a pointer.
     *
     * @throws RejectedException when it is one
     */
    static void refuse(TextValue message) {
        if (mayBeOne(message.value()) && isOne(message.value())) {
            throw new RejectedException(
                    REASON,
                    "the message is the SQS extended client's pointer to a payload in S3, which is not fetched; send the"
                            + " payload itself, or have a consumer with that client read this queue");
        }
    }

    /** Costs next to nothing for a JSON object. */
    private static boolean mayBeOne(String text) {
        return text.length() <= LONGEST && text.stripLeading().startsWith("[") && text.contains("\"s3BucketName\"");
    }

    private static boolean isOne(String text) {
        try {
            return JsonReader.read(text) instanceof ListValue list && isOne(list.values());
        } catch (RejectedException notJson) {
            return false;
        }
    }

    private static boolean isOne(List<Value> values) {
        return values.size() == 2
                && values.get(0) instanceof TextValue
                && values.get(1) instanceof ObjectValue place
                && EnvelopeFields.hasTexts(place, "s3BucketName", "s3Key");
    }
}
