package io.etlkit.engine.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.etlkit.api.config.Option;
import io.etlkit.api.config.Secret;
import org.junit.jupiter.api.Test;

/** Problems with an option that is a secret, or has one in it, show no value. */
class ConfidentialOptionsTest {
    record Login(
            @Option(description = "User.") String user,
            @Option(description = "Password.") Secret password,
            @Option(description = "Address.") String url) {
        Login {
            if (!url.startsWith("jdbc:")) {
                throw new IllegalArgumentException("url: must begin with jdbc:, and is " + url);
            }
            if (password.reveal().length() < 8) {
                throw new IllegalArgumentException("password: is too short: " + password.reveal());
            }
        }
    }

    private final ConfigProblems problems = new ConfigProblems();

    @Test
    void messagesOfChecksThatQuoteASecretAreNotShown() {
        assertThat(ConfigBinder.create()
                        .bind(Login.class, node("{user: u, password: hunter2, url: 'jdbc:x'}"), problems))
                .isEmpty();
        assertThat(problems.list().toString()).contains("password").doesNotContain("hunter2");
    }

    @Test
    void aConfidentialValueIsNotShown() {
        ConfigNode.Mapping options = (ConfigNode.Mapping) node("{user: u, password: longenough, url: x}");
        ConfigNode url = new ConfigNode.Scalar(
                Origin.none().withPath("url"),
                "postgres://u:hunter2@h",
                ScalarStyle.plain(0, 0).substituted(true, false));
        assertThat(ConfigBinder.create().bind(Login.class, options.with("url", url), problems))
                .isEmpty();
        assertThat(problems.list().toString()).contains("url").doesNotContain("hunter2");
    }

    @Test
    void anUnresolvedSecretIsNoProblem() {
        ConfigNode.Mapping options = (ConfigNode.Mapping) node("{user: u, password: x, url: 'jdbc:x'}");
        ConfigNode password = new ConfigNode.Scalar(
                Origin.none().withPath("password"), "", ScalarStyle.plain(0, 0).substituted(false, true));
        assertThat(ConfigBinder.create().bind(Login.class, options.with("password", password), problems))
                .isPresent();
        assertThat(problems.list()).isEmpty();
    }

    private static ConfigNode node(String flow) {
        return FlowText.parse(Origin.none(), flow);
    }
}
