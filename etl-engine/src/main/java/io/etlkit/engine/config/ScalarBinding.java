package io.etlkit.engine.config;

import io.etlkit.api.config.DurationText;
import io.etlkit.api.config.Expression;
import io.etlkit.api.config.ExpressionCompiler;
import io.etlkit.api.config.ExpressionException;
import io.etlkit.api.config.Secret;
import io.etlkit.api.value.BooleanValue;
import io.etlkit.api.value.FieldPath;
import io.etlkit.api.value.NullValue;
import io.etlkit.api.value.NumberValue;
import io.etlkit.api.value.TextValue;
import io.etlkit.api.value.Value;
import java.math.BigDecimal;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/** Turns one scalar into the type that an option asks for. An empty result without a problem means that its text is not known. */
final class ScalarBinding {
    /** Replaces a text that is not known, where it only matters that there is one. */
    static final String UNRESOLVED = "unresolved";

    private final ConfigProblems problems;
    private final Supplier<Optional<ExpressionCompiler>> expressions;

    ScalarBinding(ConfigProblems problems, Supplier<Optional<ExpressionCompiler>> expressions) {
        this.problems = problems;
        this.expressions = expressions;
    }

    static boolean handles(Class<?> type) {
        return type == String.class
                || type == Secret.class
                || type == Expression.class
                || type == FieldPath.class
                || type == Duration.class
                || type == URI.class
                || type == Path.class
                || type == BigDecimal.class
                || type == Integer.class
                || type == Long.class
                || type == Double.class
                || type == Boolean.class
                || type.isPrimitive()
                || type.isEnum();
    }

    /** Binds; {@code noun} is what a message calls the value: the option's name. */
    Optional<Object> bind(Class<?> type, ConfigNode.Scalar scalar, String noun) {
        if (scalar.style().unresolved()) {
            return unresolved(type);
        }
        if (scalar.type() == ScalarType.NULL && !scalar.style().substituted()) {
            return problem(scalar, "has no value");
        }
        try {
            return Optional.of(convert(type, scalar, noun));
        } catch (Unfit unfit) {
            return problem(unfit.origin, unfit.getMessage());
        }
    }

    private static Optional<Object> unresolved(Class<?> type) {
        if (type == String.class) {
            return Optional.of(UNRESOLVED);
        }
        return type == Secret.class ? Optional.of(Secret.of(UNRESOLVED)) : Optional.empty();
    }

    private Object convert(Class<?> type, ConfigNode.Scalar scalar, String noun) throws Unfit {
        String text = scalar.text();
        if (type == String.class) {
            return text;
        } else if (type == Secret.class) {
            return Secret.of(text);
        } else if (type == boolean.class || type == Boolean.class) {
            return bool(scalar);
        } else if (type.isEnum()) {
            return constant(type, scalar, noun);
        } else if (type == Expression.class) {
            return expression(scalar);
        } else if (type == URI.class) {
            return uri(scalar);
        }
        try {
            if (type == Duration.class) {
                return DurationText.parse(text);
            } else if (type == FieldPath.class) {
                return FieldPath.parse(text);
            } else if (type == Path.class) {
                return Path.of(text);
            }
        } catch (InvalidPathException invalid) {
            throw new Unfit(scalar.origin(), "is not a file path: " + scalar.shown());
        } catch (IllegalArgumentException invalid) {
            throw new Unfit(scalar.origin(), described(scalar, invalid));
        }
        return number(type, scalar);
    }

    private static String described(ConfigNode.Scalar scalar, IllegalArgumentException invalid) {
        String reason = String.valueOf(invalid.getMessage());
        if (scalar.style().confidential()) {
            return "is not valid " + scalar.shown();
        }
        return reason.contains(scalar.shown()) ? reason : reason + ", and is " + scalar.shown();
    }

    private static Object bool(ConfigNode.Scalar scalar) throws Unfit {
        if (typeOf(scalar) != ScalarType.BOOLEAN) {
            throw new Unfit(scalar.origin(), "must be true or false, and is " + scalar.shown());
        }
        return scalar.text().toLowerCase(Locale.ROOT).equals("true");
    }

    private static Object constant(Class<?> type, ConfigNode.Scalar scalar, String noun) throws Unfit {
        Optional<Object> found = EnumSpelling.find(type, scalar.text());
        if (found.isEmpty()) {
            String end = scalar.style().confidential()
                    ? "; there is " + Suggestion.enumerate(EnumSpelling.all(type))
                    : Suggestion.of(scalar.text(), EnumSpelling.all(type));
            throw new Unfit(scalar.origin(), "unknown " + noun + " " + scalar.shown() + end);
        }
        return found.get();
    }

    private static URI uri(ConfigNode.Scalar scalar) throws Unfit {
        try {
            return new URI(scalar.text());
        } catch (URISyntaxException invalid) {
            throw new Unfit(scalar.origin(), "must be a URI, and is " + scalar.shown());
        }
    }

    private Expression expression(ConfigNode.Scalar scalar) throws Unfit {
        Optional<ExpressionCompiler> compiler = expressions.get();
        if (compiler.isEmpty()) {
            throw new Unfit(scalar.origin(), "is an expression, and no expression language is installed");
        }
        try {
            return compiler.get().compile(scalar.text());
        } catch (ExpressionException invalid) {
            throw located(scalar, compiler.get().language(), invalid);
        }
    }

    private static Unfit located(ConfigNode.Scalar scalar, String language, ExpressionException invalid) {
        ScalarStyle style = scalar.style();
        Origin at = scalar.origin();
        if (style.confidential()) {
            return new Unfit(at, "is not a valid " + language + " expression " + scalar.shown());
        }
        String message = "is not a valid " + language + " expression: " + invalid.getMessage();
        if (style.singleLine() && style.line() > 0 && invalid.line() == 1) {
            return new Unfit(
                    new Origin(at.file(), style.line(), style.column() + invalid.column() - 1, at.path()), message);
        }
        return new Unfit(
                at, message + " (line " + invalid.line() + ", column " + invalid.column() + " of the expression)");
    }

    private static Object number(Class<?> type, ConfigNode.Scalar scalar) throws Unfit {
        ScalarType written = typeOf(scalar);
        boolean whole = type != BigDecimal.class && type != double.class && type != Double.class;
        if (written != ScalarType.INTEGER && (whole || written != ScalarType.DECIMAL)) {
            throw new Unfit(
                    scalar.origin(), "must be a " + (whole ? "whole " : "") + "number, and is " + scalar.shown());
        }
        if (type == BigDecimal.class) {
            return new BigDecimal(scalar.text());
        } else if (!whole) {
            return Double.valueOf(scalar.text());
        }
        try {
            return type == int.class || type == Integer.class
                    ? (Object) Integer.valueOf(scalar.text())
                    : (Object) Long.valueOf(scalar.text());
        } catch (NumberFormatException tooLarge) {
            throw new Unfit(scalar.origin(), "is too large a number: " + scalar.shown());
        }
    }

    /** Any scalar as a record's value. */
    Optional<Object> value(ConfigNode.Scalar scalar) {
        if (scalar.style().unresolved()) {
            return Optional.empty();
        }
        Value value = switch (scalar.type()) {
            case NULL -> scalar.style().substituted() ? new TextValue(scalar.text()) : NullValue.INSTANCE;
            case BOOLEAN ->
                scalar.text().toLowerCase(Locale.ROOT).equals("true") ? BooleanValue.TRUE : BooleanValue.FALSE;
            case INTEGER, DECIMAL -> new NumberValue(new BigDecimal(scalar.text()));
            case TEXT -> new TextValue(scalar.text());
        };
        return Optional.of(value);
    }

    /** Quotes do not make the value of a reference a text. */
    private static ScalarType typeOf(ConfigNode.Scalar scalar) {
        return scalar.style().substituted() ? ScalarType.of(scalar.text()) : scalar.type();
    }

    private Optional<Object> problem(ConfigNode.Scalar scalar, String message) {
        return problem(scalar.origin(), message);
    }

    private Optional<Object> problem(Origin origin, String message) {
        problems.add(origin, message);
        return Optional.empty();
    }

    /** The scalar does not fit the type. */
    private static final class Unfit extends Exception {
        private static final long serialVersionUID = 1L;

        private final transient Origin origin;

        Unfit(Origin origin, String message) {
            super(message);
            this.origin = origin;
        }

        @Override
        public String getMessage() {
            return String.valueOf(super.getMessage());
        }
    }
}
