package io.etlkit.secrets.aws;

import static org.assertj.core.api.Assertions.assertThat;

import io.etlkit.api.value.ObjectValue;
import io.etlkit.api.value.Value;
import io.etlkit.testkit.KeyWrapContract;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class KmsKeysetTest extends KeyWrapContract {
    private StubAws aws;

    @BeforeEach
    void start() throws Exception {
        aws = new StubAws();
    }

    @AfterEach
    void stop() {
        aws.close();
    }

    @Override
    protected String type() {
        return "aws-kms";
    }

    @Override
    protected List<String> settings() {
        return List.of("key=alias/etl", "region=eu-central-1");
    }

    @Override
    protected Map<String, String> environment() {
        return Map.of(
                "AWS_ENDPOINT_URL_KMS", aws.endpoint().toString(),
                "AWS_ENDPOINT_URL_SECRETS_MANAGER", aws.endpoint().toString(),
                "AWS_ACCESS_KEY_ID", "id",
                "AWS_SECRET_ACCESS_KEY", "canary",
                "AWS_REGION", "eu-central-1");
    }

    @Override
    protected void denyNext() {
        aws.failNext("AccessDeniedException");
    }

    @Test
    void aSecretOfSecretsManagerCanHoldTheKeyset() throws Exception {
        String file = Files.readString(makeKeyset());
        aws.put("pii", ObjectValue.empty().with("SecretString", Value.of(file)));

        assertThat(lookup("aws-sm:pii")).startsWith("mk1.");
    }
}
