package io.etlkit.engine.internal.pii;

import io.etlkit.api.DeadLetter.Stage;
import io.etlkit.api.EtlRecord;
import io.etlkit.api.Rejection;
import io.etlkit.api.value.FieldPath;
import io.etlkit.api.value.ObjectValue;
import io.etlkit.api.value.Value;
import io.etlkit.engine.internal.failure.StageRejectedException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The last look before the sink: no field, and no header that a step added, may carry an original personal value. It names
 * the field at fault only if the configuration does, since a name that came with the data could be personal itself.
 * Immutable.
 */
public final class PersonalDataGuard {
    static final String PII_LEAK = "pii_leak";

    private final List<FieldPath> paths;
    private final Set<String> configuredFields;

    /**
     * Guards.
     *
     * @param paths where personal values are in a decoded body
     * @param configuredFields the top-level fields that the configuration names
     */
    public PersonalDataGuard(List<FieldPath> paths, Set<String> configuredFields) {
        this.paths = List.copyOf(paths);
        this.configuredFields = Set.copyOf(configuredFields);
    }

    /** The personal values of a decoded body. */
    public PersonalValues capture(Value body) {
        if (paths.isEmpty()) {
            return PersonalValues.none();
        }
        PersonalValues personal = new PersonalValues();
        for (FieldPath path : paths) {
            if (path.isTopLevel()) {
                path.find(body).ifPresent(personal::add);
            } else {
                path.select(body).forEach(personal::add);
            }
        }
        return personal;
    }

    /**
     * Looks at what one delivery became.
     *
     * @throws StageRejectedException when a personal value is in it
     */
    public void check(PersonalValues personal, EtlRecord decoded, List<EtlRecord> results) {
        if (personal.isEmpty()) {
            return;
        }
        for (EtlRecord result : results) {
            checkBody(personal, result.body());
            checkHeaders(personal, decoded.headers(), result.headers());
        }
    }

    private void checkBody(PersonalValues personal, Value body) {
        if (!(body instanceof ObjectValue object)) {
            if (personal.isIn(body)) {
                throw leak(Optional.empty(), "the body");
            }
            return;
        }
        for (Map.Entry<String, Value> field : object.fields().entrySet()) {
            boolean configured = configuredFields.contains(field.getKey());
            if (personal.isIn(field.getValue()) || (!configured && personal.isIn(field.getKey()))) {
                throw configured
                        ? leak(Optional.of(FieldPath.ofName(field.getKey())), "the field")
                        : leak(Optional.empty(), "a field that the pipeline does not name");
            }
        }
    }

    private static void checkHeaders(PersonalValues personal, Map<String, Value> before, Map<String, Value> after) {
        if (before == after) {
            return;
        }
        after.forEach((name, value) -> {
            if (!value.equals(before.get(name)) && (personal.isIn(value) || personal.isIn(name))) {
                throw leak(Optional.empty(), "a header that a step wrote");
            }
        });
    }

    private static StageRejectedException leak(Optional<FieldPath> field, String where) {
        return new StageRejectedException(
                Stage.GUARD,
                Optional.empty(),
                new Rejection(PII_LEAK, field, where + " would carry an original personal value to the sink"));
    }
}
