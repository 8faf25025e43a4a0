package io.etlkit.transform.core;

import io.etlkit.api.EtlRecord;
import io.etlkit.api.Transform;
import java.util.List;

/** Keeps the fields that are named and removes every other one. */
final class SelectTransform implements Transform {
    private final Selection selection;

    SelectTransform(SelectConfig config) {
        this.selection = Selection.of(config.fields());
    }

    @Override
    public List<EtlRecord> apply(EtlRecord record) {
        return List.of(record.withBody(selection.ofObject(Rejections.objectBody(record))));
    }
}
