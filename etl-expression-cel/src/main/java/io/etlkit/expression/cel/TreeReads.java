package io.etlkit.expression.cel;

import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.CelCall;
import io.etlkit.api.value.FieldPath;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Collects which fields of the body a checked expression may read. It errs on the side of too much: behind an index that
 * is no constant string everything counts as read, and so does everything of a variable that hides {@code body}.
 */
final class TreeReads {
    private static final String INDEX = "_[_]";

    private final Set<FieldPath> paths = new LinkedHashSet<>();
    private boolean wholeBody;

    static TreeReads of(CelExpr expression) {
        TreeReads reads = new TreeReads();
        reads.visit(expression);
        return reads;
    }

    Set<FieldPath> paths() {
        return paths;
    }

    boolean wholeBody() {
        return wholeBody;
    }

    private void visit(CelExpr expression) {
        Optional<List<String>> names = namesFromBody(expression);
        if (names.isEmpty()) {
            children(expression).forEach(this::visit);
        } else if (names.get().isEmpty()) {
            wholeBody = true;
        } else {
            paths.add(path(names.get()));
        }
    }

    /** The names from {@code body} to what the expression selects; empty when it is no such selection. */
    private static Optional<List<String>> namesFromBody(CelExpr expression) {
        return switch (expression.getKind()) {
            case IDENT ->
                expression.ident().name().equals(RecordVariables.BODY) ? Optional.of(List.of()) : Optional.empty();
            case SELECT ->
                namesFromBody(expression.select().operand())
                        .map(names -> with(names, expression.select().field()));
            case CALL ->
                constantKey(expression.call())
                        .flatMap(key ->
                                namesFromBody(expression.call().args().get(0)).map(names -> with(names, key)));
            default -> Optional.empty();
        };
    }

    private static Optional<String> constantKey(CelCall call) {
        if (!call.function().equals(INDEX) || call.args().get(1).getKind() != CelExpr.ExprKind.Kind.CONSTANT) {
            return Optional.empty();
        }
        CelConstant key = call.args().get(1).constant();
        return key.getKind() == CelConstant.Kind.STRING_VALUE ? Optional.of(key.stringValue()) : Optional.empty();
    }

    private static List<CelExpr> children(CelExpr expression) {
        List<CelExpr> children = new ArrayList<>();
        switch (expression.getKind()) {
            case SELECT -> children.add(expression.select().operand());
            case CALL -> {
                expression.call().target().ifPresent(children::add);
                children.addAll(expression.call().args());
            }
            case LIST -> children.addAll(expression.list().elements());
            case STRUCT -> expression.struct().entries().forEach(entry -> children.add(entry.value()));
            case MAP ->
                expression.map().entries().forEach(entry -> {
                    children.add(entry.key());
                    children.add(entry.value());
                });
            case COMPREHENSION -> {
                CelExpr.CelComprehension loop = expression.comprehension();
                children.addAll(List.of(
                        loop.iterRange(), loop.accuInit(), loop.loopCondition(), loop.loopStep(), loop.result()));
            }
            default -> {}
        }
        return children;
    }

    private static List<String> with(List<String> names, String name) {
        List<String> longer = new ArrayList<>(names);
        longer.add(name);
        return longer;
    }

    private static FieldPath path(List<String> names) {
        StringBuilder text = new StringBuilder();
        for (String name : names) {
            text.append("[\"")
                    .append(name.replace("\\", "\\\\").replace("\"", "\\\""))
                    .append("\"]");
        }
        return FieldPath.parse(text.toString());
    }
}
