package io.etlkit.reveal.internal.audit;

import io.etlkit.api.value.ObjectValue;
import io.etlkit.api.value.Value;
import io.etlkit.reveal.internal.process.ProcessUser;
import java.time.Instant;
import java.util.List;

/**
 * What the audit log says of one run: who asked for what and why. It holds no value in the clear; fingerprints are no
 * secret, every holder of the table has them.
 *
 * @param action {@code reveal} or {@code lookup}
 * @param at when
 * @param operator who
 * @param reason why, as given
 * @param keyset the keyset's name
 * @param domain the domain that was asked for
 * @param source where the tokens came from: {@code stdin}, {@code csv}, {@code query}
 * @param asked how many tokens or values were given
 * @param fingerprints of the tokens that are revealed, or of the values that are looked up
 */
public record AuditEntry(
        String action,
        Instant at,
        ProcessUser operator,
        String reason,
        String keyset,
        String domain,
        String source,
        int asked,
        List<String> fingerprints) {

    public ObjectValue toValue() {
        return ObjectValue.builder()
                .put("at", Value.of(at.toString()))
                .put("action", Value.of(action))
                .put("who", Value.of(operator.name()))
                .put("reason", Value.of(reason))
                .put("keyset", Value.of(keyset))
                .put("domain", Value.of(domain))
                .put("source", Value.of(source))
                .put("asked", Value.of(asked))
                .put(action.equals("reveal") ? "revealed" : "found", Value.of(fingerprints.size()))
                .put(
                        "fingerprints",
                        Value.of(fingerprints.stream().map(Value::of).toList()))
                .build();
    }
}
