package io.etlkit.config.processor;

import io.etlkit.api.config.Option;
import io.etlkit.api.config.OptionLimits;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import javax.lang.model.element.RecordComponentElement;
import javax.lang.model.util.Types;

/**
 * One option, as a builder has it.
 *
 * @param name its name
 * @param option what it declares
 * @param type its type
 * @param initial the Java expression of its default; empty: it has to be set
 */
record BuilderOption(String name, Option option, OptionType type, Optional<String> initial) {

    /**
     * Reads a component.
     *
     * @throws IllegalArgumentException when its declaration contradicts itself
     */
    static BuilderOption of(RecordComponentElement component, Types types) {
        Option option = component.getAnnotation(Option.class);
        OptionType type = new OptionType(component.asType(), types);
        OptionLimits limits = OptionLimits.of(option);
        checkLimits(limits, type);
        Optional<String> initial = Optional.empty();
        if (!option.defaultValue().equals(Option.REQUIRED)) {
            initial = Optional.of(new DefaultExpression(limits).of(option.defaultValue(), type));
        } else if (type.is(Optional.class)) {
            initial = Optional.of("java.util.Optional.empty()");
        }
        return new BuilderOption(component.getSimpleName().toString(), option, type, initial);
    }

    /** What its setter takes: the value where the option is an Optional. */
    OptionType parameter() {
        return type.is(Optional.class) ? type.held() : type;
    }

    private static void checkLimits(OptionLimits limits, OptionType type) {
        if (limits.isEmpty()) {
            return;
        }
        OptionType limited = type;
        while (limited.is(Optional.class) || limited.is(List.class) || limited.is(Map.class)) {
            limited = limited.held();
        }
        if (!limited.is(Duration.class) && !limited.isNumber()) {
            throw new IllegalArgumentException("min and max are for numbers and durations");
        }
        for (String limit : List.of(limits.min(), limits.max())) {
            if (!limit.isEmpty()) {
                new DefaultExpression(new OptionLimits("", "")).of(limit, limited);
            }
        }
        if (!limits.min().isEmpty() && !limits.max().isEmpty()) {
            new DefaultExpression(new OptionLimits("", limits.max())).of(limits.min(), limited);
        }
    }

    /** A key that two options have. */
    static Optional<String> twice(List<BuilderOption> options) {
        Set<String> keys = new HashSet<>();
        return options.stream()
                .flatMap(option -> Stream.concat(
                        Stream.of(option.name()), Stream.of(option.option().aliases())))
                .filter(key -> !keys.add(key))
                .findFirst();
    }
}
