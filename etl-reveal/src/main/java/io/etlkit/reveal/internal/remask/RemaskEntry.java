package io.etlkit.reveal.internal.remask;

import io.etlkit.api.value.ObjectValue;
import io.etlkit.api.value.Value;
import io.etlkit.reveal.internal.process.ProcessUser;
import java.time.Instant;
import java.util.Optional;

/**
 * A line of the audit log about tokens that are rewritten.
 *
 * @param at when
 * @param who did it
 * @param reason why
 * @param keyset the keyset's name
 * @param domain whose tokens
 * @param table the table, as whoever asked spells it
 * @param column its column
 * @param map what is done with a map, where there is one
 * @param dryRun whether nothing is written
 */
record RemaskEntry(
        Instant at,
        ProcessUser who,
        String reason,
        String keyset,
        String domain,
        String table,
        String column,
        Optional<MapOptions.Step> map,
        boolean dryRun) {
    ObjectValue toValue(String action) {
        ObjectValue entry = ObjectValue.builder()
                .put("at", Value.of(at.toString()))
                .put("action", Value.of(action))
                .put("who", Value.of(who.name()))
                .put("reason", Value.of(reason))
                .put("keyset", Value.of(keyset))
                .put("domain", Value.of(domain))
                .put("table", Value.of(table))
                .put("column", Value.of(column))
                .put("dryRun", Value.of(dryRun))
                .build();
        return map.isPresent() ? entry.with("map", Value.of(map.get().label())) : entry;
    }
}
