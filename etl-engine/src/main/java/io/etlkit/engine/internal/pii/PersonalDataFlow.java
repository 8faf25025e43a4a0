package io.etlkit.engine.internal.pii;

import io.etlkit.api.FieldEffects;
import io.etlkit.api.value.FieldPath;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Where one personal field may be in the clear after a number of steps. Immutable.
 *
 * <p>It errs on the side of too much: a step under a condition may or may not have happened, a field made of several has
 * them all, and a part of a personal field is as personal as the whole. Behind a step without declared effects it knows no
 * place: what that step did, it can not say.
 */
public final class PersonalDataFlow {
    /** The places, each with the step that brought it there; empty: where the source had it. */
    private final Map<FieldPath, Optional<String>> places;

    private PersonalDataFlow(Map<FieldPath, Optional<String>> places) {
        this.places = places;
    }

    /** Before the first step: where the decoded body has it. */
    public static PersonalDataFlow of(FieldPath personal) {
        return new PersonalDataFlow(Map.of(personal, Optional.empty()));
    }

    /** After one more step, which messages call {@code step}. */
    public PersonalDataFlow through(String step, FieldEffects effects, boolean conditional) {
        if (!effects.known()) {
            return new PersonalDataFlow(Map.of());
        }
        Map<FieldPath, Optional<String>> after = new LinkedHashMap<>();
        if (conditional) {
            after.putAll(places);
        }
        remaining(effects).forEach(after::putIfAbsent);
        carried(effects).forEach(place -> after.put(place, Optional.of(step)));
        return new PersonalDataFlow(after);
    }

    /** The places where it may be in the clear, each with the step that brought it there, if one did. */
    public Map<FieldPath, Optional<String>> places() {
        return places;
    }

    private Map<FieldPath, Optional<String>> remaining(FieldEffects effects) {
        Map<FieldPath, Optional<String>> remaining = new LinkedHashMap<>();
        places.forEach((place, step) -> {
            for (FieldPath kept : kept(place, effects.only())) {
                if (!isCovered(kept, effects.removes())
                        && !isCovered(kept, effects.writes().keySet())) {
                    remaining.put(kept, step);
                }
            }
        });
        return remaining;
    }

    /** What a selection leaves of a place: all of it, parts of it, nothing. */
    private static List<FieldPath> kept(FieldPath place, Optional<Set<FieldPath>> only) {
        if (only.isEmpty() || isCovered(place, only.get())) {
            return List.of(place);
        }
        return only.get().stream().filter(place::covers).toList();
    }

    private static boolean isCovered(FieldPath place, Set<FieldPath> paths) {
        return paths.stream().anyMatch(path -> path.covers(place));
    }

    /** The fields written that are made of a place, of a part of it, or of something around it. */
    private List<FieldPath> carried(FieldEffects effects) {
        List<FieldPath> carried = new ArrayList<>();
        effects.writes().forEach((target, sources) -> {
            boolean personal = (!places.isEmpty() && effects.wholeBody().contains(target))
                    || sources.stream().anyMatch(this::touches);
            if (personal) {
                carried.add(target);
            }
        });
        return carried;
    }

    private boolean touches(FieldPath source) {
        return places.keySet().stream().anyMatch(place -> source.covers(place) || place.covers(source));
    }
}
