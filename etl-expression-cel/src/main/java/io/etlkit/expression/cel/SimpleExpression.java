package io.etlkit.expression.cel;

import io.etlkit.api.EtlRecord;
import io.etlkit.api.RejectedException;
import io.etlkit.api.config.Expression;
import io.etlkit.api.config.ExpressionException;
import io.etlkit.api.value.BooleanValue;
import io.etlkit.api.value.FieldPath;
import io.etlkit.api.value.TimestampValue;
import io.etlkit.api.value.Value;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The expressions that most steps have, evaluated without the CEL library: a path under {@code body} or {@code headers}, and
 * {@code has(path)}, {@code !has(path)}, {@code date(path)} and {@code date(path, 'zone')} of one. They mean what CEL means
 * by them, errors and places included, but that a path's number keeps its full precision. A pipeline that has no other ones
 * starts much earlier, for it does not load the library, and evaluates them at a fraction of the cost.
 */
final class SimpleExpression implements Expression {
    private static final Pattern FORM = Pattern.compile("\\s*(?:(?<function>!?has|date)\\()?"
            + "(?<path>(?:body|headers)(?:\\.[A-Za-z_]\\w*)+)"
            + "(?:,\\s*(?<quote>['\"])(?<zone>[A-Za-z0-9_+:/-]+)\\k<quote>)?(?<close>\\))?\\s*");

    private final String text;
    private final SimplePath path;
    private final Form form;
    private final ZoneId zone;
    private final int parenthesis;

    private SimpleExpression(String text, SimplePath path, Form form, ZoneId zone) {
        this.text = text;
        this.path = path;
        this.form = form;
        this.zone = zone;
        this.parenthesis = text.indexOf('(');
    }

    /** The expression, when it has one of the simple forms; empty leaves it to the CEL library. */
    static Optional<Expression> compile(String text) throws ExpressionException {
        Matcher match = FORM.matcher(text);
        if (!match.matches()) {
            return Optional.empty();
        }
        Optional<Form> form = Form.of(match);
        Optional<SimplePath> path = SimplePath.of(text, match.start("path"), match.end("path"));
        if (form.isEmpty() || path.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new SimpleExpression(text, path.get(), form.get(), zone(match, text)));
    }

    private static ZoneId zone(Matcher match, String text) throws ExpressionException {
        String name = match.group("zone");
        if (name == null) {
            return ZoneOffset.UTC;
        }
        Optional<ZoneId> zone = DateFunction.zone(name);
        if (zone.isEmpty()) {
            throw DateFunction.unknownZone(name, text, match.start("quote"));
        }
        return zone.get();
    }

    @Override
    public String text() {
        return text;
    }

    @Override
    public Set<FieldPath> reads() {
        return path.reads();
    }

    @Override
    public boolean readsWholeBody() {
        return false;
    }

    @Override
    public boolean isCondition() {
        return form == Form.HAS || form == Form.HAS_NOT;
    }

    @Override
    public Value evaluate(EtlRecord record) {
        return switch (form) {
            case PATH -> path.value(record);
            case HAS -> Value.of(path.isIn(record, parenthesis));
            case HAS_NOT -> Value.of(!path.isIn(record, parenthesis));
            case DATE -> Value.of(date(path.value(record)));
        };
    }

    @Override
    public boolean test(EtlRecord record) {
        Value result = evaluate(record);
        if (result instanceof BooleanValue holds) {
            return holds.value();
        }
        throw EvaluationError.notBoolean(result.kind().label());
    }

    private String date(Value value) {
        if (value instanceof TimestampValue timestamp) {
            Instant instant = timestamp.value();
            return DateFunction.in(instant, zone);
        }
        throw wrongKind();
    }

    private RejectedException wrongKind() {
        return EvaluationError.of(EvaluationError.OVERLOAD_NOT_FOUND, OptionalInt.of(parenthesis), text);
    }

    @Override
    public String toString() {
        return text;
    }

    private enum Form {
        PATH,
        HAS,
        HAS_NOT,
        DATE;

        /** Empty when the parentheses do not match, or a zone stands where none belongs: CEL words that error. */
        static Optional<Form> of(Matcher match) {
            String function = match.group("function");
            boolean closed = match.group("close") != null;
            boolean zoned = match.group("zone") != null;
            if (function == null) {
                return closed || zoned ? Optional.empty() : Optional.of(PATH);
            }
            if (!closed) {
                return Optional.empty();
            }
            if (function.equals(DateFunction.NAME)) {
                return Optional.of(DATE);
            }
            return zoned ? Optional.empty() : Optional.of(function.startsWith("!") ? HAS_NOT : HAS);
        }
    }
}
