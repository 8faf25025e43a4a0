package io.etlkit.examples.transform;

import static org.assertj.core.api.Assertions.assertThat;

import io.etlkit.api.EtlPlugin;
import io.etlkit.api.Rejection;
import io.etlkit.api.value.FieldPath;
import io.etlkit.testkit.TransformHarness;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

class EmailDomainPluginTest {
    private static final FieldPath EMAIL = FieldPath.parse("email");

    private final TransformHarness transform =
            TransformHarness.of(EmailDomainPlugin.EMAIL_DOMAIN, new EmailDomainPlugin.Config(EMAIL, "domain"));

    @Test
    void writesTheDomainInLowerCase() {
        assertThat(transform.apply("{\"email\":\"ada@Example.org\"}"))
                .containsExactly("{\"email\":\"ada@Example.org\",\"domain\":\"example.org\"}");
    }

    @Test
    void rejectsWhatIsNoAddressWithoutQuotingIt() {
        assertThat(transform.rejectionOf("{\"email\":\"ada\"}"))
                .isEqualTo(Rejection.of("not_an_email", EMAIL, "an e-mail address was expected"));
    }

    @Test
    void isFoundByServiceLoader() {
        assertThat(ServiceLoader.load(EtlPlugin.class)).hasAtLeastOneElementOfType(EmailDomainPlugin.class);
    }
}
