package io.etlkit.expression.cel;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.CelCall;
import dev.cel.common.ast.CelExprVisitor;
import io.etlkit.api.config.ExpressionException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Finds time zones that {@code date} is given as constants and that do not exist, before any record meets them. */
final class ConstantZones extends CelExprVisitor {
    private final List<CelExpr> unknown = new ArrayList<>();

    private ConstantZones() {}

    static void check(CelAbstractSyntaxTree tree, String text) throws ExpressionException {
        ConstantZones zones = new ConstantZones();
        zones.visit(tree);
        if (!zones.unknown.isEmpty()) {
            CelExpr first = zones.unknown.get(0);
            Map<Long, Integer> offsets = tree.getSource().getPositionsMap();
            throw DateFunction.unknownZone(first.constant().stringValue(), text, offsets.getOrDefault(first.id(), 0));
        }
    }

    @Override
    protected void visit(CelExpr expression, CelCall call) {
        if (call.function().equals(DateFunction.NAME) && call.args().size() == 2) {
            CelExpr zone = call.args().get(1);
            if (zone.getKind() == CelExpr.ExprKind.Kind.CONSTANT
                    && zone.constant().getKind() == CelConstant.Kind.STRING_VALUE
                    && DateFunction.zone(zone.constant().stringValue()).isEmpty()) {
                unknown.add(zone);
            }
        }
        super.visit(expression, call);
    }
}
