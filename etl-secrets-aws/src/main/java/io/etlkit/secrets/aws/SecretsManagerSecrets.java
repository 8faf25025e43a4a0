package io.etlkit.secrets.aws;

import io.etlkit.api.RejectedException;
import io.etlkit.api.StartupException;
import io.etlkit.api.config.Secret;
import io.etlkit.api.config.SecretProviderFactory;
import io.etlkit.api.value.ObjectValue;
import io.etlkit.api.value.TextValue;
import io.etlkit.json.JsonReader;
import java.util.Optional;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueResponse;

/** Reads a secret of AWS Secrets Manager, whole or one field of it when it is a JSON object. */
final class SecretsManagerSecrets implements SecretProviderFactory {
    private final AwsClients clients;

    SecretsManagerSecrets(AwsClients clients) {
        this.clients = clients;
    }

    @Override
    public String name() {
        return "aws-sm";
    }

    @Override
    public String summary() {
        return "AWS Secrets Manager: ${aws-sm:NAME} or ${aws-sm:ARN}, with #FIELD for one field of a JSON object.";
    }

    @Override
    public Secret resolve(String reference) {
        int hash = reference.indexOf('#');
        String id = hash < 0 ? reference : reference.substring(0, hash);
        String what = "secret " + id;
        if (id.isBlank()) {
            throw new StartupException("aws-sm: which secret? ${aws-sm:NAME} or ${aws-sm:NAME#FIELD}");
        }
        GetSecretValueResponse answer = clients.call(
                SecretsManagerClient.builder(),
                what,
                Optional.empty(),
                id,
                manager -> manager.getSecretValue(request -> request.secretId(id)));
        String text = Optional.ofNullable(answer.secretString())
                .orElseThrow(() -> new StartupException(what + ": it is binary, and text was expected"));
        return Secret.of(hash < 0 ? text : field(text, reference.substring(hash + 1), what));
    }

    private static String field(String text, String name, String what) {
        try {
            if (JsonReader.read(text) instanceof ObjectValue fields
                    && fields.get(name).orElse(fields) instanceof TextValue value) {
                return value.value();
            }
        } catch (RejectedException malformed) {
            throw new StartupException(what + ": it is no JSON object, and has no field \"" + name + "\"");
        }
        throw new StartupException(what + ": it is no JSON object, or has no field \"" + name + "\" that is text");
    }
}
