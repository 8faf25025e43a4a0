package io.etlkit.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.etlkit.api.DeadLetter.Omitted;
import io.etlkit.api.DeadLetter.Sealed;
import io.etlkit.api.RejectPolicy;
import io.etlkit.api.StartupException;
import io.etlkit.api.StoredDeadLetter;
import io.etlkit.engine.DeadLetterPolicy.Original;
import io.etlkit.engine.ReplayRun.Skip;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Which letters a replay takes, and what it can open of them. */
class ReplayedDeadLettersTest extends ReplayFixture {
    private static final String SECRET = "203.0.113.9";

    @Test
    void sealedOriginalsAreOpenedWithTheKeyset() throws Exception {
        box.put(letter("m1", 1, new Sealed("test:m1:{\"n\":1}".getBytes(StandardCharsets.UTF_8))));

        RunReport report = replay(
                pipeline()
                        .cipherProvider(new FakeSeals(told))
                        .baseDirectory(Path.of("base"))
                        .transform(new FakeTransform(
                                        "mask",
                                        List::of,
                                        io.etlkit.api.FieldEffects.none(),
                                        Optional.of("keys/pii.json"))
                                .step()),
                DeadLetterPolicy.defaults(),
                ReplaySelection.all());

        assertThat(report.written()).isEqualTo(1);
        assertThat(told)
                .containsExactlyInAnyOrder(
                        "cipher of keys/pii.json in base",
                        "can seal",
                        "cipher of keys/pii.json in base",
                        "closed",
                        "closed");
        assertThat(box.letters()).isEmpty();
    }

    @Test
    void whatCanNotBeOpenedStaysAndIsCounted() throws Exception {
        box.put(letter("omitted", 1, new Omitted()));
        box.put(letter("changed", 2, new Sealed("test:other:{}".getBytes(StandardCharsets.UTF_8))));
        box.put(letter("good", 3, new Sealed("test:good:{\"n\":1}".getBytes(StandardCharsets.UTF_8))));
        Pipeline pipeline = withLetters(
                        pipeline().cipherProvider(new FakeSeals(told)),
                        DeadLetterPolicy.builder()
                                .original(Original.SEAL)
                                .keyset("keys/pii.json")
                                .build())
                .build();

        try (ReplayRun run = pipeline.replay(ReplaySelection.all())) {
            assertThat(run.await().received()).isEqualTo(1);
            assertThat(run.skipped()).isEqualTo(Map.of(Skip.OMITTED, 1L, Skip.CHANGED, 1L));
        }
        assertThat(box.ids()).containsExactly("omitted", "changed");
    }

    @Test
    void withoutAKeysetSealedLettersStay() throws Exception {
        box.put(letter("m1", 1, new Sealed(new byte[] {1})));
        try (ReplayRun run = withLetters(pipeline(), omit()).build().replay(ReplaySelection.all())) {
            assertThat(run.await().received()).isZero();
            assertThat(run.skipped()).isEqualTo(Map.of(Skip.NO_KEYSET, 1L));
        }
        assertThat(box.ids()).containsExactly("m1");
    }

    @Test
    void selectsByIdAndReason() throws Exception {
        box.put(letter("m1", 1, clear("{\"n\":1}")));
        box.put(letter("m2", 2, clear("{\"n\":2}")));
        box.put(letter("m3", 3, "other_reason", clear("{\"n\":3}")));
        Pipeline pipeline = withLetters(pipeline(), clear()).build();
        try (ReplayRun run = pipeline.replay(
                new ReplaySelection(Set.of("m1", "nowhere"), Optional.empty(), OptionalLong.empty(), false))) {
            assertThat(run.await().written()).isEqualTo(1);
            assertThat(run.missing()).containsExactly("nowhere");
        }
        assertThat(box.ids()).containsExactly("m2", "m3");

        replay(pipeline(), new ReplaySelection(Set.of(), Optional.of("other_reason"), OptionalLong.empty(), false));
        assertThat(box.ids()).containsExactly("m2");
    }

    @Test
    void aLimitLeavesTheRest() throws Exception {
        IntStream.range(0, 9).forEach(number -> box.put(letter("m" + number, number, clear("{\"n\":1}"))));

        RunReport report =
                replay(pipeline(), new ReplaySelection(Set.of(), Optional.empty(), OptionalLong.of(4), false));

        assertThat(report.received()).isEqualTo(4);
        assertThat(box.ids()).containsExactly("m4", "m5", "m6", "m7", "m8");
    }

    @Test
    void aDryRunChangesNothing() throws Exception {
        box.put(letter("bad", 1, clear("{\"n\":1}")));
        box.put(letter("good", 2, clear("{\"n\":2}")));
        List<StoredDeadLetter> before = box.letters();

        RunReport report = replay(
                pipeline().transform(FakeTransform.of("step", ReplayFixture::refuseOne), new FakeTransform.Config()),
                new ReplaySelection(Set.of(), Optional.empty(), OptionalLong.empty(), true));

        assertThat(report.written()).isEqualTo(1);
        assertThat(report.deadLettered()).isEqualTo(1);
        assertThat(sink.writes).hasValue(0);
        assertThat(box.letters()).isEqualTo(before);
    }

    @Test
    void aPipelineWithoutDeadLettersCanNotReplay() {
        assertThatThrownBy(() -> pipeline().build().replay(ReplaySelection.all()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("keeps no dead letters");
        assertThatThrownBy(() -> withLetters(pipeline(), omit())
                        .onReject(RejectPolicy.FAIL)
                        .build()
                        .openDeadLetters())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("onReject");
    }

    @Test
    void aSinkThatCanNotBeReadBackSaysSo() throws Exception {
        Pipeline pipeline = pipelineWithDeadLetters().build();
        assertThatThrownBy(pipeline::openDeadLetters)
                .isInstanceOf(StartupException.class)
                .hasMessage("the dead-letter sink \"fake\" can not be read back: it keeps letters for other programs to"
                        + " read");
        RunReport report = pipeline.replay(ReplaySelection.all()).await();
        assertThat(report.failure().orElseThrow()).contains("can not be read back");
    }

    @Test
    void opensTheLettersOutsideARun() throws Exception {
        box.put(letter("m1", 1, clear("{\"ip\":\"" + SECRET + "\"}")));
        try (var store = withLetters(pipeline(), clear()).build().openDeadLetters()) {
            assertThat(store.list(Optional.empty(), 10).letters()).hasSize(1);
            assertThat(store.list(Optional.empty(), 10).toString()).doesNotContain(SECRET);
        }
    }
}
