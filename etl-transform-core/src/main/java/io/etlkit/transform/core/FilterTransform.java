package io.etlkit.transform.core;

import io.etlkit.api.EtlRecord;
import io.etlkit.api.Transform;
import io.etlkit.api.config.Expression;
import java.util.List;

/** Keeps the records for which an expression is true. */
final class FilterTransform implements Transform {
    private final Expression keep;

    FilterTransform(FilterConfig config) {
        this.keep = config.keep();
    }

    @Override
    public List<EtlRecord> apply(EtlRecord record) {
        return keep.test(record) ? List.of(record) : List.of();
    }
}
