package io.etlkit.transform.core;

import io.etlkit.api.EtlRecord;
import io.etlkit.api.Transform;
import java.util.List;

/** Sets fields to the results of expressions. */
final class ComputeTransform implements Transform {
    private final FieldWriter writer;

    ComputeTransform(ComputeConfig config) {
        this.writer = FieldWriter.of(config.byPath(), expression -> expression::evaluate);
    }

    @Override
    public List<EtlRecord> apply(EtlRecord record) {
        return List.of(writer.write(record));
    }
}
