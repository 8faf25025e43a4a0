package io.etlkit.engine.internal.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.etlkit.api.FieldEffects;
import io.etlkit.api.value.FieldPath;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FieldFlowTest {
    private static Set<FieldPath> paths(String... paths) {
        Set<FieldPath> set = new LinkedHashSet<>();
        Arrays.stream(paths).map(FieldPath::parse).forEach(set::add);
        return set;
    }

    private static FieldEffects writes(String... paths) {
        Map<FieldPath, Set<FieldPath>> writes = new LinkedHashMap<>();
        paths(paths).forEach(path -> writes.put(path, Set.of()));
        return FieldEffects.writes(writes);
    }

    private final FieldFlow selected = FieldFlow.start().through(FieldEffects.only(paths("b", "a.x", "a.y")), false);

    @Test
    void anythingMayComeUntilAStepSaysWhatRemains() {
        assertThat(FieldFlow.start().through(writes("a"), false).fields()).isEmpty();
        assertThat(selected.fields().orElseThrow()).containsExactly("b", "a");
    }

    @Test
    void stepsAfterwardsAddAndRemove() {
        assertThat(selected.through(writes("c", "a"), false).fields().orElseThrow())
                .containsExactly("b", "a", "c");
        assertThat(selected.through(FieldEffects.removes(paths("b", "a.x")), false)
                        .fields()
                        .orElseThrow())
                .containsExactly("a");
        assertThat(selected.through(FieldEffects.moves(paths("b"), Map.of(FieldPath.parse("c"), paths("b"))), false)
                        .fields()
                        .orElseThrow())
                .containsExactly("a", "c");
    }

    @Test
    void aStepThatTellsNothingMakesAnythingPossibleAgain() {
        assertThat(selected.through(FieldEffects.unknown(), false).fields()).isEmpty();
    }

    @Test
    void theLengthOfATextIsKnownUntilAStepTouchesIt() {
        FieldEffects mask = writes("a", "b.c").withTexts(Map.of(FieldPath.parse("a"), 33, FieldPath.parse("b.c"), 86));
        FieldFlow masked = FieldFlow.start().through(mask, false);

        assertThat(masked.texts()).isEqualTo(Map.of("a", 33));
        assertThat(masked.through(FieldEffects.only(paths("a")), false).texts()).isEqualTo(Map.of("a", 33));
        assertThat(masked.through(writes("x"), true).texts()).isEqualTo(Map.of("a", 33));
        assertThat(masked.through(FieldEffects.only(paths("x")), false).texts()).isEmpty();
        assertThat(masked.through(FieldEffects.removes(paths("a")), true).texts())
                .isEmpty();
        assertThat(masked.through(writes("a"), true).texts()).isEmpty();
        assertThat(masked.through(FieldEffects.unknown(), false).texts()).isEmpty();
        assertThat(FieldFlow.start().through(mask, true).texts()).isEmpty();
    }

    @Test
    void aConditionalStepMayNotHaveHappened() {
        assertThat(selected.through(FieldEffects.removes(paths("b")), true)
                        .fields()
                        .orElseThrow())
                .containsExactly("b", "a");
        assertThat(selected.through(writes("c"), true).fields().orElseThrow()).containsExactly("b", "a", "c");
        assertThat(selected.through(FieldEffects.only(paths("a")), true)
                        .fields()
                        .orElseThrow())
                .containsExactlyInAnyOrder("a", "b");
        assertThat(selected.through(FieldEffects.unknown(), true).fields()).isEmpty();
    }

    @Test
    void aConditionalSelectDeclaresTheColumnsWhenNothingElseDoes() {
        assertThat(FieldFlow.start()
                        .through(FieldEffects.only(paths("a")), true)
                        .fields()
                        .orElseThrow())
                .containsExactly("a");
    }
}
