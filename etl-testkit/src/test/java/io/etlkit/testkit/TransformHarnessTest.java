package io.etlkit.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.etlkit.api.EtlRecord;
import io.etlkit.api.FieldEffects;
import io.etlkit.api.PluginContext;
import io.etlkit.api.RejectedException;
import io.etlkit.api.Transform;
import io.etlkit.api.TransformFactory;
import io.etlkit.api.value.FieldPath;
import io.etlkit.api.value.ObjectValue;
import io.etlkit.api.value.Value;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class TransformHarnessTest {
    private static final FieldPath IP = FieldPath.parse("ip");

    @Test
    void showsWhatComesOut() {
        assertThat(harness(FieldEffects.unknown(), body -> body.with("b", Value.of(2)))
                        .apply("{\"a\":1}"))
                .containsExactly("{\"a\":1,\"b\":2}");
    }

    @Test
    void showsWhyABodyIsRejected() {
        TransformHarness harness = harness(FieldEffects.none(), body -> {
            throw new RejectedException("too_old", IP, "sent too long ago");
        });

        assertThat(harness.rejectionOf("{}").reason()).isEqualTo("too_old");
    }

    @Test
    void failsWhenARejectionWasExpected() {
        TransformHarness harness = harness(FieldEffects.none(), body -> body);

        assertThatThrownBy(() -> harness.rejectionOf("{}"))
                .isInstanceOf(AssertionError.class)
                .hasMessage("expected a rejection, but 1 records came out");
    }

    @Test
    void failsWhenTheDeliveryIsNotKept() {
        TransformHarness harness = TransformHarness.of(
                TransformFactory.of("bad", "Bad.", NoConfig.class, (config, context) -> TransformHarnessTest::another),
                new NoConfig());

        assertThatThrownBy(() -> harness.apply("{}"))
                .isInstanceOf(AssertionError.class)
                .hasMessage("a transform must keep a record's delivery and key: use record.withBody(..)");
    }

    @Test
    void failsWhenAFieldIsWrittenThatIsNotDeclared() {
        assertRefused(
                FieldEffects.none(),
                body -> body.with("copy", Value.of(1)),
                "field copy is there, but the factory's fields(..) does not say that it is written or kept");
    }

    @Test
    void failsWhenAFieldIsChangedThatIsNotDeclared() {
        assertRefused(
                FieldEffects.none(),
                body -> body.with("ip", Value.of(1)),
                "field ip is changed, but the factory's fields(..) does not say that it is written");
    }

    @Test
    void failsWhenAFieldIsRemovedThatIsNotDeclared() {
        assertRefused(
                FieldEffects.none(),
                body -> body.without("ip"),
                "field ip is gone, but the factory's fields(..) does not say that it is removed");
    }

    @Test
    void failsWhenAFieldStaysThatIsDeclaredRemoved() {
        assertRefused(
                FieldEffects.removes(Set.of(IP)),
                body -> body,
                "field ip is there, but the factory's fields(..) does not say that it is written or kept");
    }

    @Test
    void passesWhatIsDeclared() {
        FieldEffects moves = FieldEffects.moves(Set.of(IP), Map.of(FieldPath.parse("address"), Set.of(IP)));

        assertThat(harness(moves, body -> body.without("ip").with("address", Value.of("x")))
                        .apply("{\"ip\":\"10.0.0.1\"}"))
                .containsExactly("{\"address\":\"x\"}");
        assertThat(harness(FieldEffects.only(Set.of(IP)), body -> body.without("other"))
                        .apply("{\"ip\":1,\"other\":2}"))
                .containsExactly("{\"ip\":1}");
    }

    private static void assertRefused(FieldEffects effects, UnaryOperator<ObjectValue> change, String message) {
        TransformHarness harness = harness(effects, change);

        assertThatThrownBy(() -> harness.apply("{\"ip\":\"10.0.0.1\"}"))
                .isInstanceOf(AssertionError.class)
                .hasMessage(message);
    }

    private static List<EtlRecord> another(EtlRecord record) {
        return List.of(TestRecords.redelivered(record));
    }

    private static TransformHarness harness(FieldEffects effects, UnaryOperator<ObjectValue> change) {
        return TransformHarness.of(new Changing(effects, change), new NoConfig());
    }

    private record Changing(FieldEffects effects, UnaryOperator<ObjectValue> change)
            implements TransformFactory<NoConfig> {
        @Override
        public String name() {
            return "changing";
        }

        @Override
        public String summary() {
            return "Changes the body.";
        }

        @Override
        public Class<NoConfig> configType() {
            return NoConfig.class;
        }

        @Override
        public Transform create(NoConfig config, PluginContext context) {
            return record -> List.of(record.withBody(change.apply((ObjectValue) record.body())));
        }

        @Override
        public FieldEffects fields(NoConfig config) {
            return effects;
        }
    }
}
