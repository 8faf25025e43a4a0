package io.etlkit.transform.mask;

import io.etlkit.api.FieldEffects;
import io.etlkit.api.config.Option;
import io.etlkit.api.value.FieldPath;
import io.etlkit.transform.mask.internal.method.MaskingMethods;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What {@code mask} needs.
 *
 * @param keyset where the keys are
 * @param fields the fields to mask
 */
public record MaskConfig(
        @Option(
                description =
                        "The keyset: the path of a file, file:PATH, or env:NAME for the JSON in an environment variable."
                                + " hmac and the methods aes-gcm... need one. It is made by: etl keys init.",
                example = "keys/pii.json")
        Optional<String> keyset,

        @Option(
                description = "The fields to mask. One field may be masked twice, to different places.",
                example = "[{ path: ip, to: masked_ip, method: aes-gcm, type: ip }]")
        List<MaskField> fields) {
    /** Checks that keys are named where they are needed, and that no two fields are written to one place. */
    public MaskConfig {
        fields = List.copyOf(fields);
        if (fields.isEmpty()) {
            throw new IllegalArgumentException("fields: name at least one field");
        }
        Optional<MaskField> keyed =
                fields.stream().filter(MaskConfig::needsKeys).findFirst();
        if (keyset.isEmpty() && keyed.isPresent()) {
            throw new IllegalArgumentException("keyset: the method "
                    + keyed.get().method() + " needs one; make it with: etl keys init keys/pii.json");
        }
        checkTargets(columns(fields));
    }

    /** Begins a configuration; an option that is not set has its default. The constructor is not API. */
    public static MaskConfigBuilder builder() {
        return new MaskConfigBuilder();
    }

    /** A configuration with a keyset. */
    public static MaskConfig of(String keyset, MaskField... fields) {
        return new MaskConfig(Optional.of(keyset), List.of(fields));
    }

    private static void checkTargets(List<MaskField> fields) {
        for (int i = 0; i < fields.size(); i++) {
            for (int j = 0; j < fields.size(); j++) {
                FieldPath one = fields.get(i).target();
                FieldPath other = fields.get(j).target();
                if (i != j && one.covers(other)) {
                    throw new IllegalArgumentException(
                            one.equals(other)
                                    ? "fields: two fields are written to \"" + one + "\""
                                    : "fields: \"" + other + "\" lies inside \"" + one + "\", which is written too");
                }
            }
        }
    }

    static boolean needsKeys(List<MaskField> fields) {
        return fields.stream().anyMatch(MaskConfig::needsKeys);
    }

    private static boolean needsKeys(MaskField field) {
        return MaskingMethods.find(field.method()).needsKeys();
    }

    /** The fields, one for each place that is written. */
    public List<MaskField> columns() {
        return columns(fields);
    }

    private static List<MaskField> columns(List<MaskField> fields) {
        return fields.stream().flatMap(field -> field.columns().stream()).toList();
    }

    public FieldEffects effects() {
        Set<FieldPath> removes = new LinkedHashSet<>();
        Map<FieldPath, Set<FieldPath>> writes = new LinkedHashMap<>();
        Map<FieldPath, Integer> tokens = new LinkedHashMap<>();
        for (MaskField field : columns()) {
            if (!field.isInPlace()) {
                removes.add(field.path());
            }
            writes.put(field.target(), Set.of());
            TokenKind.shortest(field.method()).ifPresent(length -> tokens.put(field.target(), length));
        }
        removes.removeAll(writes.keySet());
        return FieldEffects.moves(removes, writes).withTexts(tokens);
    }
}
