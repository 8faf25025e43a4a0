package io.etlkit.transform.core;

import io.etlkit.api.EtlRecord;
import io.etlkit.api.Transform;
import java.util.List;

/** Sets fields to constant values. */
final class SetTransform implements Transform {
    private final FieldWriter writer;

    SetTransform(SetConfig config) {
        this.writer = FieldWriter.of(config.byPath(), value -> record -> value);
    }

    @Override
    public List<EtlRecord> apply(EtlRecord record) {
        return List.of(writer.write(record));
    }
}
