package io.etlkit.benchmark;

import io.etlkit.api.EtlRecord;
import io.etlkit.api.value.FieldPath;
import io.etlkit.api.value.TextValue;
import io.etlkit.testkit.TestRecords;
import io.etlkit.testkit.sqs.UserLoginMessages;
import java.util.List;
import java.util.stream.IntStream;

/** The logins that every masking benchmark masks one field of. */
final class MaskedLogins {
    /** A power of two, so that going round is cheap. */
    static final int COUNT = 1 << 12;

    private MaskedLogins() {}

    static List<EtlRecord> records() {
        UserLoginMessages messages = new UserLoginMessages(1, COUNT);
        return IntStream.range(0, COUNT)
                .mapToObj(number -> TestRecords.json("message-" + number, messages.text(number)))
                .toList();
    }

    /** The field {@code device_id} of each. */
    static List<String> deviceIds() {
        FieldPath path = FieldPath.parse("device_id");
        return records().stream()
                .flatMap(record -> path.find(record.body()).stream())
                .map(value -> ((TextValue) value).value())
                .toList();
    }
}
