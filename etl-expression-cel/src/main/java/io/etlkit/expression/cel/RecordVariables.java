package io.etlkit.expression.cel;

import dev.cel.runtime.CelVariableResolver;
import io.etlkit.api.EtlRecord;
import java.util.Optional;

/** What an expression sees of a record. */
record RecordVariables(EtlRecord record) implements CelVariableResolver {
    static final String BODY = "body";
    static final String HEADERS = "headers";

    @Override
    public Optional<Object> find(String name) {
        return switch (name) {
            case BODY -> Optional.of(CelValues.toCel(record.body()));
            case HEADERS -> Optional.of(new FieldsView(record.headers()));
            default -> Optional.empty();
        };
    }

    @Override
    public String toString() {
        return "RecordVariables";
    }
}
