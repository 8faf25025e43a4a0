package io.etlkit.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.etlkit.api.DeadLetter;
import io.etlkit.api.DeadLetter.Clear;
import io.etlkit.api.DeadLetter.Omitted;
import io.etlkit.api.DeadLetter.Original;
import io.etlkit.api.DeadLetter.Sealed;
import io.etlkit.api.DeadLetter.Stage;
import io.etlkit.api.EtlRecord;
import io.etlkit.api.RecordKey;
import io.etlkit.api.Rejection;
import io.etlkit.api.value.Value;
import io.etlkit.engine.DecodeConfig.Format;
import io.etlkit.json.DeadLetterJson;
import io.etlkit.json.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A queue of dead letters that is read as a source. */
class DeadLetterFormatTest extends PipelineFixture {
    private static final String LOGIN = "{\"user_id\":\"u1\"}";
    private static final RecordKey KEY = new RecordKey("first-id", FakeSource.SENT.minusSeconds(60));

    private final List<String> told = new ArrayList<>();
    private final List<EtlRecord> written = new ArrayList<>();

    private void addDeadLetter(String pipeline, Original original) {
        DeadLetter deadLetter = new DeadLetter(
                pipeline,
                KEY,
                Stage.SINK,
                Optional.empty(),
                Rejection.of("value_too_long", "what is wrong"),
                3,
                FakeSource.SENT,
                original);
        source.add(JsonWriter.write(DeadLetterJson.of(deadLetter)), Map.of("receiveCount", Value.of(2)));
    }

    private static Sealed sealed(String head) {
        return new Sealed((head + LOGIN).getBytes(StandardCharsets.UTF_8));
    }

    private PipelineBuilder reading() {
        sink.before = written::addAll;
        return pipelineWithDeadLetters()
                .decode(DecodeConfig.builder().format(Format.DEAD_LETTER).build());
    }

    private PipelineBuilder readingWithKeyset() {
        DeadLetterPolicy policy = DeadLetterPolicy.builder().keyset("keys.json").build();
        return reading()
                .cipherProvider(new FakeSeals(told))
                .deadLetters(deadLetters.factory(), new FakeDeadLetters.Config(), policy);
    }

    private String rejection() {
        assertThat(written).isEmpty();
        assertThat(deadLetters.letters).hasSize(1);
        DeadLetter letter = deadLetters.letters.get(0);
        assertThat(letter.stage()).isEqualTo(Stage.DECODE);
        return letter.rejection().reason() + ": " + letter.rejection().message();
    }

    @Test
    void restoresTheBodyTheKeyAndTheHeaders() throws InterruptedException {
        addDeadLetter(
                "test", new Clear(Value.of(LOGIN), Map.of("tenant", Value.of("t1"), "receiveCount", Value.of(3))));

        assertThat(run(reading()).written()).isEqualTo(1);

        EtlRecord record = written.get(0);
        assertThat(JsonWriter.write(record.body())).isEqualTo(LOGIN);
        assertThat(record.key()).isEqualTo(KEY);
        assertThat(record.headers()).containsEntry("tenant", Value.of("t1")).containsEntry("receiveCount", Value.of(5));
    }

    @Test
    void aMessageThatIsWrittenAlreadyIsADuplicate() throws InterruptedException {
        addDeadLetter("test", new Clear(Value.of(LOGIN), Map.of()));
        addDeadLetter("test", new Clear(Value.of(LOGIN), Map.of()));

        RunReport report = run(reading());

        assertThat(report.written()).isEqualTo(1);
        assertThat(report.duplicate()).isEqualTo(1);
        assertThat(sink.rows).hasSize(1);
    }

    @Test
    void opensTheSealAndClosesTheCipher() throws InterruptedException {
        addDeadLetter("test", sealed("test:first-id:"));

        assertThat(run(readingWithKeyset()).written()).isEqualTo(1);

        assertThat(JsonWriter.write(written.get(0).body())).isEqualTo(LOGIN);
        assertThat(told)
                .as("one to seal, one to open")
                .filteredOn("closed"::equals)
                .hasSize(2);
    }

    @Test
    void rejectsAnOriginalThatWasChanged() throws InterruptedException {
        addDeadLetter("test", sealed("test:another-id:"));

        assertThat(run(readingWithKeyset()).deadLettered()).isEqualTo(1);

        assertThat(rejection())
                .isEqualTo("original_unavailable: the original of the dead letter was changed, or belongs to another"
                        + " message");
    }

    @Test
    void rejectsASealThatNothingOpens() throws InterruptedException {
        addDeadLetter("test", sealed("test:first-id:"));
        run(reading());

        assertThat(rejection())
                .isEqualTo(
                        "original_unavailable: the original of the dead letter is sealed, and there is nothing to open"
                                + " it with; name a keyset as deadLetter.keyset");
    }

    @Test
    void rejectsADeadLetterWithoutOriginal() throws InterruptedException {
        addDeadLetter("test", new Omitted());
        run(reading());

        assertThat(rejection()).isEqualTo("original_unavailable: the original of the dead letter was not kept");
    }

    @Test
    void rejectsADeadLetterOfAnotherPipeline() throws InterruptedException {
        addDeadLetter("another", new Clear(Value.of(LOGIN), Map.of()));
        run(reading());

        assertThat(rejection())
                .isEqualTo("other_pipeline: the dead letter belongs to another pipeline; run it with the name of that"
                        + " pipeline, so that the ledger recognizes the message");
    }

    @Test
    void rejectsWhatIsNotADeadLetter() throws InterruptedException {
        source.add(LOGIN);
        run(reading());

        assertThat(rejection())
                .isEqualTo("not_a_dead_letter: the message is not a dead letter, as a dead-letter sink writes it");
    }

    @Test
    void aRestoredMessageThatIsRejectedAgainIsKeptAsItself() throws InterruptedException {
        addDeadLetter("test", new Clear(Value.of("no JSON"), Map.of("tenant", Value.of("t1"))));
        DeadLetterPolicy clear = DeadLetterPolicy.builder()
                .original(DeadLetterPolicy.Original.CLEAR)
                .build();
        run(reading().deadLetters(deadLetters.factory(), new FakeDeadLetters.Config(), clear));

        DeadLetter letter = deadLetters.letters.get(0);
        assertThat(letter.key()).isEqualTo(KEY);
        assertThat(letter.attempts()).isEqualTo(5);
        assertThat(((Clear) letter.original()).body()).isEqualTo(Value.of("no JSON"));
    }
}
