package io.etlkit.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.etlkit.api.value.FieldPath;
import io.etlkit.api.value.Value;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecordModelTest {
    private static final DeliveryId ONE = new DeliveryId("one");
    private static final DeliveryId TWO = new DeliveryId("two");
    private static final Rejection REJECTION = Rejection.of("missing_field", "the field is missing");

    @Test
    void idsAreNotEmpty() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new DeliveryId(""))
                .withMessage("a delivery id must not be empty");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RecordKey("", Instant.EPOCH))
                .withMessage("a record's key must not be empty");
    }

    @Test
    void aRecordKeepsDeliveryAndKeyWhenItChanges() {
        EtlRecord record = new EtlRecord(ONE, new RecordKey("m", Instant.EPOCH), Value.of(1), Map.of("a", Value.of(1)));
        EtlRecord changed = record.withBody(Value.of(2)).withHeader("b", Value.of(2));
        assertThat(changed.delivery()).isEqualTo(record.delivery());
        assertThat(changed.key()).isEqualTo(record.key());
        assertThat(changed.body()).isEqualTo(Value.of(2));
        assertThat(changed.headers()).containsOnlyKeys("a", "b");
        assertThat(record.headers()).containsOnlyKeys("a");
        assertThatThrownBy(() -> record.headers().put("c", Value.of(3)))
                .isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void aDeliveryIsSettledInOneWay() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Settlement(Set.of(ONE), Map.of(ONE, Duration.ZERO)))
                .withMessage(ONE + " is both done and released");
        assertThat(new Settlement(Set.of(ONE), Map.of(TWO, Duration.ZERO)).isEmpty())
                .isFalse();
        assertThat(new Settlement(Set.of(), Map.of()).isEmpty()).isTrue();
    }

    private static EtlRecord of(DeliveryId delivery, Map<String, Value> headers) {
        return new EtlRecord(delivery, new RecordKey("m", Instant.EPOCH), Value.of(1), headers);
    }

    private static EtlRecord inGroup(DeliveryId delivery, String group) {
        return of(delivery, Map.of("groupId", Value.of(group), "sequenceNumber", Value.of("1")));
    }

    @Test
    void aGroupIsOrderedWhereMessagesHaveASequence() {
        assertThat(inGroup(ONE, "g").orderedGroup()).contains("g");
        assertThat(of(ONE, Map.of("groupId", Value.of("g"))).orderedGroup()).isEmpty();
        assertThat(of(ONE, Map.of("sequenceNumber", Value.of("1"))).orderedGroup())
                .isEmpty();
    }

    @Test
    void theRestOfABatchOvertakesWhatIsRefusedBeforeItInItsGroup() {
        List<EtlRecord> batch = List.of(inGroup(ONE, "g"), inGroup(TWO, "g"));
        assertThat(WriteResult.overtakes(batch, Set.of(ONE))).isTrue();
        assertThat(WriteResult.overtakes(batch, Set.of(TWO))).isFalse();
        assertThat(WriteResult.overtakes(batch, Set.of())).isFalse();
        assertThat(WriteResult.overtakes(batch, Set.of(ONE, TWO))).isFalse();
        assertThat(WriteResult.overtakes(List.of(inGroup(ONE, "g"), inGroup(TWO, "h")), Set.of(ONE)))
                .isFalse();
        assertThat(WriteResult.overtakes(List.of(of(ONE, Map.of()), of(TWO, Map.of())), Set.of(ONE)))
                .isFalse();
    }

    @Test
    void aDeliveryHasOneResult() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new WriteResult(Set.of(ONE), Set.of(ONE), Map.of()))
                .withMessage(ONE + " is both written and duplicate");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new WriteResult(Set.of(ONE), Set.of(), Map.of(ONE, REJECTION)))
                .withMessage(ONE + " is both written and rejected");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new WriteResult(Set.of(), Set.of(ONE), Map.of(ONE, REJECTION)))
                .withMessage(ONE + " is both duplicate and rejected");
        assertThat(WriteResult.allWritten(Set.of(ONE, TWO)))
                .isEqualTo(new WriteResult(Set.of(TWO, ONE), Set.of(), Map.of()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Missing", "missing field", "missing-field", "_x", "1x"})
    void aReasonIsLowerSnakeCase(String reason) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Rejection.of(reason, "m"))
                .withMessage("a reason is lower snake case, this is not: " + reason);
    }

    @Test
    void fieldEffectsKeepTheOrder() {
        List<FieldPath> paths = List.of(FieldPath.parse("z"), FieldPath.parse("a"), FieldPath.parse("m"));
        assertThat(FieldEffects.only(new LinkedHashSet<>(paths)).only().orElseThrow())
                .containsExactlyElementsOf(paths);
        Map<FieldPath, Set<FieldPath>> writes = new LinkedHashMap<>();
        paths.forEach(path -> writes.put(path, Set.of()));
        assertThat(FieldEffects.writes(writes).writes().keySet()).containsExactlyElementsOf(paths);
        assertThat(FieldEffects.moves(new LinkedHashSet<>(paths), Map.of()).removes())
                .containsExactlyElementsOf(paths);
    }

    @Test
    void fieldEffectsTellUnknownFromNone() {
        assertThat(FieldEffects.unknown().known()).isFalse();
        assertThat(FieldEffects.none())
                .isEqualTo(new FieldEffects(true, Optional.empty(), Set.of(), Map.of(), Set.of(), Map.of()));
    }

    @Test
    void policiesAndStagesAreSpelledAsUsersSeeThem() {
        assertThat(RejectPolicy.values())
                .extracting(RejectPolicy::toString)
                .containsExactly("deadLetter", "release", "fail", "drop");
        assertThat(DeadLetter.Stage.values())
                .extracting(DeadLetter.Stage::label)
                .containsExactly("decode", "transform", "guard", "sink");
    }

    @Test
    void sealedBytesAreCopied() {
        byte[] bytes = {1};
        DeadLetter.Sealed sealed = new DeadLetter.Sealed(bytes);
        bytes[0] = 2;
        sealed.bytes()[0] = 3;
        assertThat(sealed.bytes()).containsExactly(1);
    }

    @Test
    void factoriesOfPartsTellNameAndSummaryAndKnowNoEffects() {
        record Config() {}
        TransformFactory<Config> factory =
                TransformFactory.of("upper", "Does it.", Config.class, (config, context) -> record -> List.of(record));
        assertThat(factory.name()).isEqualTo("upper");
        assertThat(factory.summary()).isEqualTo("Does it.");
        assertThat(factory.configType()).isEqualTo(Config.class);
        assertThat(factory.fields(new Config())).isEqualTo(FieldEffects.unknown());
        assertThat(factory.keyset(new Config())).isEmpty();
    }
}
