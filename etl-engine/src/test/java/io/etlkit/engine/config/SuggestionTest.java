package io.etlkit.engine.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SuggestionTest {
    private static final List<String> KNOWN = List.of("hmac", "aes-gcm", "redact");

    @Test
    void suggestsWhatIsOneSlipAway() {
        assertThat(Suggestion.of("aesgcm", KNOWN)).isEqualTo("; did you mean \"aes-gcm\"?");
        assertThat(Suggestion.of("hamc", KNOWN)).isEqualTo("; did you mean \"hmac\"?");
        assertThat(Suggestion.of("redacted", KNOWN)).isEqualTo("; did you mean \"redact\"?");
        assertThat(Suggestion.of("REDACT", KNOWN)).isEqualTo("; did you mean \"redact\"?");
    }

    @Test
    void listsWhatThereIsOtherwise() {
        assertThat(Suggestion.of("frobnicate", KNOWN)).isEqualTo("; there is hmac, aes-gcm and redact");
        assertThat(Suggestion.of("x", List.of("one-only"))).isEqualTo("; there is one-only");
        assertThat(Suggestion.of("x", List.of())).isEqualTo("; there is none");
    }
}
