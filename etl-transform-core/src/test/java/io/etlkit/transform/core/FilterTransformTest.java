package io.etlkit.transform.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.etlkit.api.EtlRecord;
import io.etlkit.api.FieldEffects;
import org.junit.jupiter.api.Test;

class FilterTransformTest {
    private final FilterConfig config = new FilterConfig(FakeExpression.ofField("keep"));

    @Test
    void keepsWhatTheConditionHoldsFor() {
        EtlRecord kept = Steps.record("{\"keep\":true}");
        assertThat(new FilterTransform(config).apply(kept)).containsExactly(kept);
    }

    @Test
    void filtersTheRest() {
        assertThat(new FilterTransform(config).apply(Steps.record("{\"keep\":false}")))
                .isEmpty();
    }

    @Test
    void changesNoField() {
        assertThat(CoreTransforms.FILTER.fields(config)).isEqualTo(FieldEffects.none());
    }
}
