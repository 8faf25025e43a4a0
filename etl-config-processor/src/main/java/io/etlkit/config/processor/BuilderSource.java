package io.etlkit.config.processor;

import static io.etlkit.config.processor.DefaultExpression.quoted;

import io.etlkit.api.config.OptionLimits;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.TypeElement;

/** The source text of one builder. */
final class BuilderSource {
    private final String packageName;
    private final String record;
    private final String builder;
    private final List<BuilderOption> options;

    BuilderSource(String packageName, TypeElement type, List<BuilderOption> options) {
        this.packageName = packageName;
        this.record =
                type.getQualifiedName().toString().substring(packageName.isEmpty() ? 0 : packageName.length() + 1);
        this.builder = record.replace(".", "") + "Builder";
        this.options = options;
    }

    String qualifiedName() {
        return packageName.isEmpty() ? builder : packageName + "." + builder;
    }

    String text() {
        return (packageName.isEmpty() ? "" : "package " + packageName + ";\n\n")
                + """
                // CPD-OFF: builders of records with the same options are alike.

                /** Builds a {@link %1$s}. An option that is not set has its default. Used by one thread. */
                @javax.annotation.processing.Generated("%2$s")
                public final class %3$s {
                %4$s
                    %3$s() {}

                %5$s    /**
                     * The configuration.
                     *
                     * @throws IllegalArgumentException with every option that is missing or wrong
                     */
                    public %1$s build() {
                %6$s        return new %1$s(%7$s);
                    }
                }
                """.formatted(
                        record,
                        ConfigBuilderProcessor.class.getName(),
                        builder,
                        each(BuilderSource::field),
                        each(this::setters),
                        checks(),
                        options.stream().map(option -> "this." + option.name()).collect(Collectors.joining(", ")));
    }

    private String each(Function<BuilderOption, String> writer) {
        return options.stream().map(writer).collect(Collectors.joining());
    }

    private static String field(BuilderOption option) {
        return "    private " + option.type().boxed() + " " + option.name()
                + option.initial().map(value -> " = " + value).orElse("") + ";\n";
    }

    private String setters(BuilderOption option) {
        StringBuilder text = new StringBuilder();
        text.append(javadoc(option));
        text.append(option.option().deprecated().isEmpty() ? "" : "    @Deprecated\n");
        text.append(setter(
                option.name(), option, "this." + option.name() + " = " + taken(option) + ";\n        return this;"));
        for (String alias : option.option().aliases()) {
            if (SourceVersion.isName(alias)) {
                text.append("    /** Sets {@code ").append(option.name()).append("}, which has this name too. */\n");
                text.append(setter(alias, option, "return " + option.name() + "(" + option.name() + ");"));
            }
        }
        return text.toString();
    }

    private String setter(String method, BuilderOption option, String body) {
        return """
                public %s %s(%s %s) {
                    %s
                }

            """.formatted(builder, method, option.parameter().unboxed(), option.name(), body);
    }

    /** What the setter keeps: never null, and nothing that the caller can change later. */
    private static String taken(BuilderOption option) {
        OptionType parameter = option.parameter();
        String value = option.name();
        String kept = "java.util.Objects.requireNonNull(" + value + ", " + quoted(value) + ")";
        if (!parameter.unboxed().equals(parameter.boxed())) {
            kept = value;
        } else if (parameter.is(List.class)) {
            kept = "java.util.List.copyOf(" + value + ")";
        } else if (parameter.is(Map.class)) {
            kept = "java.util.Collections.unmodifiableMap(new java.util.LinkedHashMap<>(" + value + "))";
        }
        if (!option.type().is(Optional.class)) {
            return kept;
        }
        return "java.util.Optional.of(" + kept + ")"
                + (parameter.is(String.class) ? ".filter(java.util.function.Predicate.not(String::isEmpty))" : "");
    }

    private String checks() {
        StringBuilder text = new StringBuilder();
        for (BuilderOption option : options) {
            if (option.initial().isEmpty()) {
                text.append("        problems.require(%s, this.%s, %s);\n"
                        .formatted(
                                quoted(option.name()),
                                option.name(),
                                quoted(option.option().description())));
            }
            OptionLimits limits = OptionLimits.of(option.option());
            if (!limits.isEmpty()) {
                text.append("        problems.limit(%s, this.%s, new io.etlkit.api.config.OptionLimits(%s, %s));\n"
                        .formatted(quoted(option.name()), option.name(), quoted(limits.min()), quoted(limits.max())));
            }
        }
        return text.isEmpty()
                ? ""
                : "        io.etlkit.api.config.OptionProblems problems = new io.etlkit.api.config.OptionProblems();\n"
                        + text + "        problems.throwIfAny();\n";
    }

    private static String javadoc(BuilderOption option) {
        String limits = OptionLimits.of(option.option()).toString();
        StringBuilder text =
                new StringBuilder("    /**\n     * " + escaped(option.option().description()) + "\n     *\n");
        String standard = option.option().defaultValue();
        if (!limits.isEmpty()) {
            text.append("     * <p>It is ").append(limits).append(".\n     *\n");
        }
        text.append("     * <p>")
                .append(
                        option.initial().isEmpty()
                                ? "Required."
                                : option.type().is(Optional.class)
                                        ? "Optional."
                                        : "Default: {@code " + (standard.isEmpty() ? "\"\"" : standard) + "}.")
                .append('\n');
        if (!option.option().since().isEmpty()) {
            text.append("     *\n     * @since ")
                    .append(escaped(option.option().since()))
                    .append('\n');
        }
        if (!option.option().deprecated().isEmpty()) {
            text.append("     *\n     * @deprecated use ")
                    .append(escaped(option.option().deprecated()))
                    .append('\n');
        }
        return text.append("     */\n").toString();
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("@", "&#64;")
                .replace("*/", "*&#47;")
                .replace("{", "&#123;")
                .replace("\\", "&#92;");
    }
}
