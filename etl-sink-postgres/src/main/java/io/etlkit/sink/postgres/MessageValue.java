package io.etlkit.sink.postgres;

import io.etlkit.api.EtlRecord;
import io.etlkit.api.Rejection;
import io.etlkit.api.value.NumberValue;
import io.etlkit.api.value.TextValue;
import io.etlkit.api.value.Value;
import io.etlkit.sink.postgres.TargetColumn.Refusal;
import java.math.BigDecimal;
import java.util.regex.Pattern;

/** What a column may take of the message itself, rather than of its body. */
enum MessageValue {
    /** What the message is called on each delivery. */
    ID("text COLLATE \"C\"") {
        @Override
        Value of(EtlRecord record) {
            return Value.of(record.key().id());
        }
    },
    /** Where the message stands among others: its sequence number in a FIFO queue, else when it was sent, in milliseconds. */
    ORDER("numeric(" + MessageValue.ORDER_DIGITS + ",0)") {
        @Override
        Value of(EtlRecord record) throws Refusal {
            Value sequence = record.headers().get("sequenceNumber");
            if (sequence == null) {
                return Value.of(BigDecimal.valueOf(record.key().since().toEpochMilli()));
            }
            if (sequence instanceof NumberValue) {
                return sequence;
            }
            if (sequence instanceof TextValue text
                    && DIGITS.matcher(text.value()).matches()) {
                return Value.of(new BigDecimal(text.value()));
            }
            throw new Refusal(Rejection.of(
                    "invalid_sequence",
                    "the header sequenceNumber is no number of at most " + ORDER_DIGITS
                            + " digits, so the message's place among others is unknown"));
        }
    };

    /** A FIFO queue's sequence number has so many; a bigint holds one less. */
    static final int ORDER_DIGITS = 20;

    private static final Pattern DIGITS = Pattern.compile("[0-9]{1," + ORDER_DIGITS + "}");

    private final String definition;

    MessageValue(String definition) {
        this.definition = definition;
    }

    abstract Value of(EtlRecord record) throws Refusal;

    /** The type of a column that is made for it. */
    String definition() {
        return definition;
    }
}
