package io.etlkit.expression.cel;

import dev.cel.common.CelIssue;
import dev.cel.common.CelValidationException;
import io.etlkit.api.config.ExpressionException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Words CEL's first complaint about an expression for the author of a pipeline file. */
final class CompileError {
    private static final Pattern UNKNOWN_NAME = Pattern.compile("undeclared reference to '(.*)' \\(in container ''\\)");
    private static final Pattern NO_OVERLOAD = Pattern.compile(
            "found no matching overload for '(.*)' applied to '(?:.*\\.)?(\\(.*\\))' \\(candidates: (.*)\\)");
    private static final Pattern EARLY_END =
            Pattern.compile("(?:mismatched|extraneous) input '<EOF>'.*", Pattern.DOTALL);
    private static final Pattern SYNTAX = Pattern.compile(
            "(?:no viable alternative at|mismatched|extraneous) input ('.*?')(?: expecting .*)?", Pattern.DOTALL);
    private static final int MANY_CANDIDATES = 6;

    private CompileError() {}

    static ExpressionException of(CelValidationException invalid, String text) {
        List<CelIssue> issues = invalid.getErrors();
        if (issues.isEmpty()) {
            return new ExpressionException("not a CEL expression", 1, 1);
        }
        CelIssue issue = issues.get(0);
        int line = Math.max(1, issue.getSourceLocation().getLine());
        int column = Math.max(0, issue.getSourceLocation().getColumn()) + 1;
        Matcher unknown = UNKNOWN_NAME.matcher(issue.getMessage());
        if (unknown.matches()) {
            return unknownName(unknown.group(1), text, line, column);
        }
        return new ExpressionException(message(issue.getMessage()), line, column);
    }

    /** CEL puts a function's place at its parenthesis; the name before it is what is wrong. */
    private static ExpressionException unknownName(String name, String text, int line, int column) {
        String lineText = text.split("\n", -1)[line - 1];
        boolean function = column - 1 >= name.length()
                && column - 1 < lineText.length()
                && lineText.charAt(column - 1) == '('
                && lineText.startsWith(name, column - 1 - name.length());
        String what = function ? "unknown function" : "unknown name";
        String suggestion = KnownNames.closest(name, function)
                .map(known -> "; did you mean \"" + known + "\"?")
                .orElse(function ? "" : "; an expression sees body and headers");
        return new ExpressionException(
                what + " \"" + name + "\"" + suggestion, line, function ? column - name.length() : column);
    }

    private static String message(String issue) {
        Matcher noOverload = NO_OVERLOAD.matcher(issue);
        if (noOverload.matches()) {
            return noOverload(noOverload.group(1), noOverload.group(2), noOverload.group(3));
        }
        if (EARLY_END.matcher(issue).matches()) {
            return "the expression ends too early";
        }
        Matcher syntax = SYNTAX.matcher(issue);
        if (syntax.matches()) {
            return "not understood at " + syntax.group(1)
                    + "; a field whose name is no plain word is written body[\"name\"]";
        }
        return issue;
    }

    private static String noOverload(String function, String given, String candidates) {
        boolean operator = function.indexOf('_') >= 0 && !function.matches("\\w*[a-z]\\w*");
        String name = operator ? "operator " + function.replace("_", " ").strip() : function;
        String message = name + " does not take " + shortened(given);
        boolean few = candidates.chars().filter(c -> c == '(').count() <= MANY_CANDIDATES;
        return few && !operator
                ? message + "; it takes " + shortened(candidates).replace("),(", ") or (")
                : message;
    }

    private static String shortened(String types) {
        return types.replace("google.protobuf.Timestamp", "timestamp").replace("google.protobuf.Duration", "duration");
    }
}
