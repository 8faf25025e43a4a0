package io.etlkit.examples.transform;

import io.etlkit.api.EtlPlugin;
import io.etlkit.api.EtlRecord;
import io.etlkit.api.FieldEffects;
import io.etlkit.api.RejectedException;
import io.etlkit.api.TransformFactory;
import io.etlkit.api.config.Option;
import io.etlkit.api.value.FieldPath;
import io.etlkit.api.value.ObjectValue;
import io.etlkit.api.value.TextValue;
import io.etlkit.api.value.Value;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The transform {@code email-domain}: {@code ada@Example.org} gives {@code example.org}. */
public final class EmailDomainPlugin implements EtlPlugin {
    public record Config(
            @Option(description = "The field that holds an e-mail address.", defaultValue = "email")
            FieldPath from,

            @Option(description = "The field that gets its domain.", example = "email_domain")
            String to) {}

    static final TransformFactory<Config> EMAIL_DOMAIN = TransformFactory.of(
            "email-domain",
            "Writes the domain of an e-mail address to another field.",
            Config.class,
            (config, context) -> record -> apply(config, record),
            config -> FieldEffects.writes(Map.of(FieldPath.ofName(config.to()), Set.of(config.from()))));

    @Override
    public List<TransformFactory<?>> transforms() {
        return List.of(EMAIL_DOMAIN);
    }

    private static List<EtlRecord> apply(Config config, EtlRecord record) {
        if (!(record.body() instanceof ObjectValue body
                && config.from().find(body).orElse(Value.ofNull()) instanceof TextValue email
                && email.value().contains("@"))) {
            throw new RejectedException("not_an_email", config.from(), "an e-mail address was expected");
        }
        String address = email.value().toLowerCase(Locale.ROOT);
        Value domain = Value.of(address.substring(address.lastIndexOf('@') + 1));
        return List.of(record.withBody(body.with(config.to(), domain)));
    }
}
