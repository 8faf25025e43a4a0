package io.etlkit.transform.mask.internal.field;

import io.etlkit.api.value.FieldPath;
import io.etlkit.api.value.FieldPath.Segment;
import java.util.List;
import java.util.Optional;

/**
 * A path taken apart at its last {@code [*]}: the values that hold the field, and the field inside each of them.
 *
 * @param holder the steps to the holders, the last {@code [*]} included; empty for a path without
 * @param inside the field inside a holder; empty when the holder itself is the field
 */
public record FieldPlace(List<Segment> holder, Optional<FieldPath> inside) {
    static FieldPlace of(FieldPath path) {
        List<Segment> segments = path.segments();
        int split = segments.size();
        while (split > 0 && !segments.get(split - 1).isWildcard()) {
            split--;
        }
        List<Segment> inside = segments.subList(split, segments.size());
        return new FieldPlace(
                segments.subList(0, split), inside.isEmpty() ? Optional.empty() : Optional.of(join(inside)));
    }

    private static FieldPath join(List<Segment> names) {
        StringBuilder path = new StringBuilder();
        for (Segment name : names) {
            String text = FieldPath.ofName(name.name()).toString();
            path.append(path.isEmpty() || text.startsWith("[") ? "" : ".").append(text);
        }
        return FieldPath.parse(path.toString());
    }

    /** Refuses a target, which {@code option} names, that is not in the holder of the path. */
    public static void check(FieldPath path, String option, FieldPath target) {
        boolean sameHolder = of(path).holder().equals(of(target).holder());
        boolean canMove = path.equals(target)
                || (of(path).inside().isPresent() && of(target).inside().isPresent());
        if (!sameHolder || !canMove) {
            throw new IllegalArgumentException(option + ": \"" + target
                    + "\" does not lie in the same element as \"" + path
                    + "\": up to the last [*] the two have to be the same");
        }
    }
}
