package io.etlkit.stub.sqs;

import io.etlkit.api.value.ObjectValue;
import io.etlkit.api.value.Value;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/**
 * The MD5 of message attributes of type {@code String}, which a client checks, as <a
 * href="https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-message-metadata.html">SQS has it</a>.
 */
final class AttributesDigest {
    private static final byte TEXT = 1;

    private AttributesDigest() {}

    static String md5Hex(ObjectValue attributes) {
        ByteArrayOutputStream encoded = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(encoded)) {
            for (Map.Entry<String, Value> attribute : new TreeMap<>(attributes.fields()).entrySet()) {
                ObjectValue value = (ObjectValue) attribute.getValue();
                write(out, attribute.getKey());
                write(out, ReceiveRequest.text(value, "DataType"));
                out.writeByte(TEXT);
                write(out, ReceiveRequest.text(value, "StringValue"));
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return MessageStore.md5Hex(encoded.toByteArray());
    }

    private static void write(DataOutputStream out, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }
}
