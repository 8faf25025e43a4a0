package io.etlkit.runner.internal.command;

import io.etlkit.api.value.ListValue;
import io.etlkit.api.value.NumberValue;
import io.etlkit.api.value.ObjectValue;
import io.etlkit.api.value.TextValue;
import io.etlkit.api.value.Value;
import io.etlkit.engine.config.ConfigProblem;
import io.etlkit.json.JsonWriter;
import java.math.BigDecimal;
import java.util.List;

/** Problems as other programs read them. */
final class ProblemsReport {
    private ProblemsReport() {}

    static String json(List<ConfigProblem> problems) {
        List<Value> list = problems.stream().map(ProblemsReport::value).toList();
        return JsonWriter.write(
                ObjectValue.builder().put("problems", new ListValue(list)).build());
    }

    private static Value value(ConfigProblem problem) {
        return ObjectValue.builder()
                .put("file", new TextValue(problem.file()))
                .put("line", new NumberValue(BigDecimal.valueOf(problem.line())))
                .put("column", new NumberValue(BigDecimal.valueOf(problem.column())))
                .put("path", new TextValue(problem.path()))
                .put("message", new TextValue(problem.message()))
                .build();
    }
}
