package io.etlkit.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.etlkit.api.DeadLetter;
import io.etlkit.api.EtlRecord;
import io.etlkit.api.RejectedException;
import io.etlkit.api.Rejection;
import io.etlkit.api.TransientException;
import io.etlkit.api.value.FieldPath;
import io.etlkit.api.value.TextValue;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** A step that quotes a personal value, against its contract, is not passed on. */
class QuotedValuesTest extends PipelineFixture {
    private static final String WITHHELD =
            "what the step said is withheld, for it quotes a personal value of the record";
    private static final FieldPath IP = FieldPath.parse("ip");

    private Rejection rejection(String body, Function<String, Rejection> ofAddress) throws InterruptedException {
        source.add(body);
        run(pipelineWithDeadLetters()
                .pii(List.of(IP))
                .transform(FakeTransform.of("step", record -> {
                            throw new RejectedException(ofAddress.apply(address(record)));
                        })
                        .step()));
        DeadLetter letter = deadLetters.letters.get(0);
        assertThat(letter.step()).contains("transforms[0].step");
        return letter.rejection();
    }

    private static String address(EtlRecord record) {
        return ((TextValue) FakeTransform.field(record, "ip")).value();
    }

    @Test
    void theMessageIsWithheldAndTheRestIsKept() throws Exception {
        assertThat(rejection(
                        "{\"ip\":\"10.0.0.1\"}",
                        address -> Rejection.of("unknown_network", IP, "no network has " + address + " in it")))
                .isEqualTo(Rejection.of("unknown_network", IP, WITHHELD));
    }

    @Test
    void inAnotherCaseItIsAQuoteToo() throws Exception {
        assertThat(rejection("{\"ip\":\"2001:DB8::A\"}", address -> Rejection.of("bad", "no 2001:db8::a in it")))
                .isEqualTo(Rejection.of("bad", WITHHELD));
    }

    @Test
    void aReasonAndAFieldMadeOfItAreWithheldToo() throws Exception {
        assertThat(rejection(
                        "{\"ip\":\"alice_home\"}",
                        address -> Rejection.of("no_" + address, FieldPath.ofName(address), "an address was expected")))
                .isEqualTo(Rejection.of("pii_leak", WITHHELD));
    }

    @Test
    void aShortOneIsAQuoteWhenItIsAWordOfItsOwn() throws Exception {
        assertThat(rejection("{\"ip\":\"::1\"}", address -> Rejection.of("bad", "(" + address + ") is no address")))
                .isEqualTo(Rejection.of("bad", WITHHELD));
    }

    @Test
    void aShortOneWithinAWordIsChance() throws Exception {
        Rejection said = Rejection.of("bad", IP, "an address was expected");
        assertThat(rejection("{\"ip\":\"a\"}", address -> said)).isEqualTo(said);
    }

    @Test
    void whatQuotesNothingIsPassedOn() throws Exception {
        Rejection said = Rejection.of("bad", IP, "an address was expected");
        assertThat(rejection("{\"ip\":\"10.0.0.1\"}", address -> said)).isEqualTo(said);
    }

    @Test
    void whatAStepThatGivesUpQuotesIsNotInTheReport() throws Exception {
        source.add("{\"ip\":\"10.0.0.1\"}");
        RunReport report = run(pipeline()
                .pii(List.of(IP))
                .retry(RetryConfig.builder()
                        .initialDelay(Duration.ofMillis(1))
                        .maxDelay(Duration.ofMillis(4))
                        .maxAttempts(2)
                        .build())
                .transform(FakeTransform.of("step", record -> {
                            throw new TransientException("no answer about " + address(record));
                        })
                        .step()));
        assertThat(report.failure())
                .contains("transforms[0].step: gave up after 2 attempts, the most that retry.maxAttempts allows: "
                        + WITHHELD);
    }
}
