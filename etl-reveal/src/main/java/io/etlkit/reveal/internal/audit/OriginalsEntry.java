package io.etlkit.reveal.internal.audit;

import io.etlkit.api.value.ObjectValue;
import io.etlkit.api.value.Value;
import io.etlkit.reveal.internal.process.ProcessUser;
import java.time.Instant;
import java.util.List;

/**
 * What the audit log says of a look at the originals of dead letters.
 *
 * @param at when
 * @param operator who
 * @param reason why, as given
 * @param keyset the keyset's name; empty where none was used
 * @param pipeline whose dead letters
 * @param asked how many were asked for
 * @param messages the ids of those messages that are shown
 */
record OriginalsEntry(
        Instant at,
        ProcessUser operator,
        String reason,
        String keyset,
        String pipeline,
        int asked,
        List<String> messages) {

    ObjectValue toValue() {
        return ObjectValue.builder()
                .put("at", Value.of(at.toString()))
                .put("action", Value.of("show-originals"))
                .put("who", Value.of(operator.name()))
                .put("reason", Value.of(reason))
                .put("keyset", Value.of(keyset))
                .put("pipeline", Value.of(pipeline))
                .put("asked", Value.of(asked))
                .put("revealed", Value.of(messages.size()))
                .put("messages", Value.of(messages.stream().map(Value::of).toList()))
                .build();
    }
}
