package io.etlkit.api;

import io.etlkit.api.value.FieldPath;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a step does to the fields of a body. The order is: first {@code only} or {@code removes}, then {@code writes}.
 * What a field is made of is meant as it was before the step: a rename of {@code a} to {@code b} and {@code b} to {@code a}
 * swaps them.
 *
 * @param known false when nothing can be said; then the other parts are empty
 * @param only when present, the fields that remain, in order; every other one is removed
 * @param removes fields that are removed
 * @param writes fields that are written, in order, each with the fields that its value is made of in the clear: those of a
 *     rename are the old name, those of a masked or constant field are none
 * @param wholeBody which of the fields written are made of the body as a whole, so that any field may be in them
 * @param texts which of the fields written are texts that are never short, with their least number of characters; a null
 *     aside
 */
public record FieldEffects(
        boolean known,
        Optional<Set<FieldPath>> only,
        Set<FieldPath> removes,
        Map<FieldPath, Set<FieldPath>> writes,
        Set<FieldPath> wholeBody,
        Map<FieldPath, Integer> texts) {

    /** Copies the parts, keeping their order. */
    public FieldEffects {
        only = only.map(LinkedHashSet::new);
        removes = new LinkedHashSet<>(removes);
        writes = new LinkedHashMap<>(writes);
        wholeBody = new LinkedHashSet<>(wholeBody);
        texts = new LinkedHashMap<>(texts);
    }

    /** Nothing can be said. */
    public static FieldEffects unknown() {
        return new FieldEffects(false, Optional.empty(), Set.of(), Map.of(), Set.of(), Map.of());
    }

    /** No field is changed. */
    public static FieldEffects none() {
        return new FieldEffects(true, Optional.empty(), Set.of(), Map.of(), Set.of(), Map.of());
    }

    /** Only these fields remain. */
    public static FieldEffects only(Set<FieldPath> fields) {
        return new FieldEffects(true, Optional.of(fields), Set.of(), Map.of(), Set.of(), Map.of());
    }

    /** These fields are removed. */
    public static FieldEffects removes(Set<FieldPath> fields) {
        return new FieldEffects(true, Optional.empty(), fields, Map.of(), Set.of(), Map.of());
    }

    /** These fields are written; see {@link #writes}. */
    public static FieldEffects writes(Map<FieldPath, Set<FieldPath>> writes) {
        return new FieldEffects(true, Optional.empty(), Set.of(), writes, Set.of(), Map.of());
    }

    /** Fields are removed, then others written. */
    public static FieldEffects moves(Set<FieldPath> removes, Map<FieldPath, Set<FieldPath>> writes) {
        return new FieldEffects(true, Optional.empty(), removes, writes, Set.of(), Map.of());
    }

    /** Some of the fields that are written are made of the body as a whole. */
    public FieldEffects withWholeBody(Set<FieldPath> fields) {
        return new FieldEffects(known, only, removes, writes, fields, texts);
    }

    /** Some of the fields that are written are texts of so many characters at least, so that a column can be too narrow. */
    public FieldEffects withTexts(Map<FieldPath, Integer> shortest) {
        return new FieldEffects(known, only, removes, writes, wholeBody, shortest);
    }
}
