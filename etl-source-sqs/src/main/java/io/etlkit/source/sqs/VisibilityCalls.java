package io.etlkit.source.sqs;

import io.etlkit.source.sqs.SqsApi.VisibilityChange;

/** Batches of visibility changes. */
final class VisibilityCalls {
    private VisibilityCalls() {}

    static BatchedCalls.Call of(SqsApi api) {
        return entries -> api.changeVisibility(entries.stream()
                .map(entry -> new VisibilityChange(entry.flight().receipt(), entry.seconds()))
                .toList());
    }
}
