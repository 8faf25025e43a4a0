package io.etlkit.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.etlkit.api.DeadLetter;
import io.etlkit.api.EtlRecord;
import io.etlkit.api.FieldEffects;
import io.etlkit.api.Rejection;
import io.etlkit.api.value.FieldPath;
import io.etlkit.api.value.ObjectValue;
import io.etlkit.api.value.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class PersonalDataTest extends PipelineFixture {
    private static final List<FieldPath> PII = List.of(FieldPath.parse("ip"), FieldPath.parse("sessions[*].ip"));

    /** Runs one body through one step; the rejection, if there was one. */
    private Optional<Rejection> guarded(String body, UnaryOperator<EtlRecord> step, String... writes) throws Exception {
        source.add(body);
        Map<FieldPath, Set<FieldPath>> effects = new LinkedHashMap<>();
        for (String name : writes) {
            effects.put(FieldPath.parse(name), Set.of());
        }
        RunReport report = run(pipelineWithDeadLetters()
                .pii(PII)
                .transform(new FakeTransform(
                                "step",
                                record -> List.of(step.apply(record)),
                                FieldEffects.writes(effects),
                                Optional.empty())
                        .step()));
        assertThat(report.failure()).isEmpty();
        assertThat(sink.rows).hasSize(1 - deadLetters.letters.size());
        return deadLetters.letters.stream()
                .peek(letter -> assertThat(letter.stage()).isEqualTo(DeadLetter.Stage.GUARD))
                .map(DeadLetter::rejection)
                .findFirst();
    }

    private static EtlRecord without(EtlRecord record, String name) {
        return record.withBody(((ObjectValue) record.body()).without(name));
    }

    @Test
    void aPersonalFieldThatReachesTheSinkIsALeak() throws Exception {
        assertThat(guarded("{\"ip\":\"10.0.0.1\",\"n\":1}", record -> record))
                .contains(Rejection.of(
                        "pii_leak",
                        FieldPath.parse("ip"),
                        "the field would carry an original personal value to the sink"));
    }

    @Test
    void aRecordWithoutItPasses() throws Exception {
        assertThat(guarded(
                        "{\"ip\":\"10.0.0.1\",\"n\":1,\"s\":true,\"x\":null}",
                        record -> without(FakeTransform.with(record, "masked", Value.of("token")), "ip")))
                .isEmpty();
    }

    @Test
    void aCopyInsideALongerTextIsALeakFromSevenCharactersOn() throws Exception {
        assertThat(guarded(
                        "{\"ip\":\"1.2.3.4\"}",
                        record -> without(FakeTransform.with(record, "note", Value.of("from 1.2.3.4!")), "ip"),
                        "note"))
                .map(rejection -> rejection.field().orElseThrow())
                .contains(FieldPath.parse("note"));
    }

    @Test
    void aShortOneInsideALongerTextIsChance() throws Exception {
        assertThat(guarded(
                        "{\"ip\":\"::1234\"}",
                        record -> without(FakeTransform.with(record, "note", Value.of("from ::1234!")), "ip")))
                .isEmpty();
    }

    @Test
    void aShortOneThatIsTheWholeValueIsALeak() throws Exception {
        assertThat(guarded(
                        "{\"ip\":\"::1\"}",
                        record -> without(FakeTransform.with(record, "copy", Value.of("::1")), "ip")))
                .isPresent();
    }

    @Test
    void nestedAndRepeatedValuesAndNumbersAreFollowed() throws Exception {
        assertThat(guarded(
                        "{\"sessions\":[{\"ip\":\"10.0.0.1\"},{\"ip\":{\"v4\":[1234567.0]}}]}",
                        record -> without(
                                FakeTransform.with(
                                        record,
                                        "deep",
                                        Value.of(List.of(Value.of(Map.of("a", Value.of("x1234567x")))))),
                                "sessions"),
                        "deep"))
                .map(rejection -> rejection.field().orElseThrow())
                .contains(FieldPath.parse("deep"));
    }

    @Test
    void aNumberTooLargeToWriteOutIsCompared() throws Exception {
        assertThat(guarded("{\"ip\":1e999999999}", record -> record)).isPresent();
    }

    @Test
    void aFieldThatOnlyTheDataNamesIsNotNamed() throws Exception {
        assertThat(guarded(
                        "{\"ip\":\"10.0.0.1\"}",
                        record -> without(FakeTransform.with(record, "10.0.0.1", Value.of(true)), "ip")))
                .contains(Rejection.of(
                        "pii_leak",
                        "a field that the pipeline does not name would carry an original personal value to the sink"));
    }

    @Test
    void aHeaderThatAStepWroteIsLookedAt() throws Exception {
        assertThat(guarded(
                        "{\"ip\":\"10.0.0.1\"}",
                        record -> without(record, "ip").withHeader("from", FakeTransform.field(record, "ip"))))
                .contains(Rejection.of(
                        "pii_leak", "a header that a step wrote would carry an original personal value to the sink"));
    }
}
