package io.etlkit.api.config;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Declares one option of a plugin, on a component of its configuration record. The component's name is the key in the
 * pipeline file. From this one declaration come the binding, the error messages, the JSON Schema and the reference page.
 *
 * <p>A component's type is one of: {@code String}, {@code int}, {@code long}, {@code double}, {@code boolean}, {@link
 * java.math.BigDecimal}, an enum (written in camelCase or with dashes: {@code AES_GCM} is {@code aes-gcm}; messages
 * show the latter, or the constant's {@code toString} where the enum has one of its own), {@link
 * java.time.Duration} ({@code 50ms}, {@code 5s}, {@code 2m}, {@code 1h}, {@code 15d}), {@link java.net.URI}, {@link
 * java.nio.file.Path}, {@link io.etlkit.api.value.FieldPath}, {@link io.etlkit.api.value.Value} (any YAML), {@link Secret},
 * {@link Expression}, a nested record, a {@link java.util.List} or a {@link java.util.Map} with string keys of these, or an
 * {@link java.util.Optional} of these, for which empty text counts as absent. A record whose only component is a map may be
 * written as that map.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Option {
    /** What the option does, in a sentence; units included. The limits of {@link #min} and {@link #max} are shown beside it. */
    String description();

    /**
     * The value when the key is missing, spelled as in the pipeline file ({@code 50ms}, {@code true}, {@code []}). An option
     * without a default is required, unless its type is {@link java.util.Optional}.
     */
    String defaultValue() default REQUIRED;

    /** A value for the reference page; the default where there is none. */
    String example() default "";

    /** Other keys for the same option, such as its former name. Giving an option under two names is an error. */
    String[] aliases() default {};

    /** What to use instead, as it follows the word "use": {@code queue}. Empty: the option is not deprecated. */
    String deprecated() default "";

    /** The version that introduced the option, as in {@code 1.2}. Empty: the plugin's first. */
    String since() default "";

    /**
     * The smallest number or duration allowed, spelled as in the pipeline file ({@code 1}, {@code 0s}). It applies to each
     * element of a list and to each value of a map. Empty: there is no such limit.
     */
    String min() default "";

    /** The largest number or duration allowed, like {@link #min}. */
    String max() default "";

    /** Means that an option has no default. */
    String REQUIRED = "\0required";
}
