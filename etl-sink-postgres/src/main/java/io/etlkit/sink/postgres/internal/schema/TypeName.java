package io.etlkit.sink.postgres.internal.schema;

import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A type name from a pipeline file, in the spelling that {@code format_type} uses, so that the two can be compared:
 * {@code varchar(32)} and {@code CHARACTER VARYING (32)} are the same.
 */
public final class TypeName {
    private static final Pattern SHAPE =
            Pattern.compile("(?<name>(?:[a-z_][a-z0-9_]*\\.)?[a-z_][a-z0-9_]*(?: [a-z]+)*?)"
                    + " ?(?:\\( ?(?<modifier>-?\\d{1,9}(?: ?, ?-?\\d{1,4})?) ?\\))?"
                    + " ?(?<zone>with time zone|without time zone)?"
                    + " ?(?<array>(?:\\[\\])*)");

    private static final Map<String, String> ALIASES = Map.ofEntries(
            Map.entry("varchar", "character varying"),
            Map.entry("char varying", "character varying"),
            Map.entry("char", "character"),
            Map.entry("bpchar", "character"),
            Map.entry("int", "integer"),
            Map.entry("int4", "integer"),
            Map.entry("int2", "smallint"),
            Map.entry("int8", "bigint"),
            Map.entry("decimal", "numeric"),
            Map.entry("dec", "numeric"),
            Map.entry("bool", "boolean"),
            Map.entry("float", "double precision"),
            Map.entry("float8", "double precision"),
            Map.entry("float4", "real"),
            Map.entry("varbit", "bit varying"));

    private final String base;
    private final String modifier;
    private final String array;

    private TypeName(String base, String modifier, String array) {
        this.base = base;
        this.modifier = modifier;
        this.array = array;
    }

    /** Whether the text has the form of a type name; only the database knows whether the type exists. */
    public static boolean isValid(String text) {
        return SHAPE.matcher(normal(text)).matches();
    }

    static TypeName parse(String text) {
        Matcher matcher = SHAPE.matcher(normal(text));
        if (!matcher.matches()) {
            throw new IllegalArgumentException("not the name of a type: \"" + text + "\"");
        }
        String name = Objects.requireNonNull(matcher.group("name"));
        String zone = orEmpty(matcher.group("zone"));
        String modifier = orEmpty(matcher.group("modifier")).replace(" ", "");
        // "timestamp with time zone" without a precision: the name group also matched the zone
        for (String suffix : new String[] {"with time zone", "without time zone"}) {
            if (name.endsWith(" " + suffix)) {
                name = name.substring(0, name.length() - suffix.length() - 1);
                zone = suffix;
            }
        }
        if (name.equals("timestamptz") || name.equals("timetz")) {
            name = name.substring(0, name.length() - 2);
            zone = "with time zone";
        }
        String base = ALIASES.getOrDefault(name, name);
        if (base.equals("timestamp") || base.equals("time")) {
            return new TypeName(
                    base + " " + (zone.isEmpty() ? "without time zone" : zone),
                    modifier,
                    orEmpty(matcher.group("array")));
        }
        return new TypeName(base, defaulted(name, base, modifier), orEmpty(matcher.group("array")));
    }

    private static String defaulted(String name, String base, String modifier) {
        if (base.equals("character") && modifier.isEmpty() && !name.equals("bpchar")) {
            return "1";
        }
        if (base.equals("numeric") && !modifier.isEmpty() && !modifier.contains(",")) {
            return modifier + ",0";
        }
        return modifier;
    }

    private static String normal(String text) {
        return text.strip().toLowerCase(Locale.ROOT).replaceAll("\\s+", " ");
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }

    /** The name in the spelling of {@code format_type}. */
    String canonical() {
        if (modifier.isEmpty()) {
            return base + dimension();
        }
        int space = base.indexOf(' ');
        return base.startsWith("time")
                ? base.substring(0, space) + "(" + modifier + ")" + base.substring(space) + dimension()
                : base + "(" + modifier + ")" + dimension();
    }

    /** The name without length and precision: a cast to it does not cut. */
    String withoutModifier() {
        return (base.equals("character") ? "bpchar" : base) + dimension();
    }

    /** To Postgres, {@code int[]} and {@code int[][]} are the same type. */
    private String dimension() {
        return array.isEmpty() ? "" : "[]";
    }

    @Override
    public String toString() {
        return canonical();
    }
}
