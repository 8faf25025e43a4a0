package io.etlkit.secrets.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.etlkit.api.EtlPlugin;
import io.etlkit.api.KeyWrapProvider;
import io.etlkit.api.StartupException;
import io.etlkit.api.WrappedKey;
import io.etlkit.api.value.ObjectValue;
import io.etlkit.api.value.Value;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

class AwsSecretsTest {
    private static final byte[] DEK = new byte[32];
    private static final Map<String, String> ALIAS = Map.of("key", "alias/etl", "region", "eu-central-1");

    static {
        Arrays.fill(DEK, (byte) 7);
    }

    private StubAws aws;

    @BeforeEach
    void start() throws Exception {
        aws = new StubAws();
    }

    @AfterEach
    void stop() {
        aws.close();
    }

    @Test
    void isFoundByTheRunnerAndByKeysets() {
        assertThat(ServiceLoader.load(EtlPlugin.class))
                .anySatisfy(plugin -> assertThat(plugin.secretProviders())
                        .anySatisfy(provider -> assertThat(provider.name()).isEqualTo("aws-sm")));
        assertThat(ServiceLoader.load(KeyWrapProvider.class))
                .anySatisfy(provider -> assertThat(provider.type()).isEqualTo("aws-kms"));
    }

    @Test
    void kmsOpensWhatItWrappedAndTheKeysArnIsKept() {
        KmsWrap kms = new KmsWrap(clients());
        WrappedKey wrapped = kms.wrap(DEK, "pii", ALIAS);
        assertThat(wrapped)
                .isEqualTo(new WrappedKey("Y2lwaGVydGV4dCAw", Map.of("key", StubAws.ARN, "region", "eu-central-1")));
        assertThat(kms.unwrap(wrapped, "pii")).isEqualTo(DEK);
        assertThat(aws.requests())
                .containsExactly("TrentService.Encrypt eu-central-1 kms", "TrentService.Decrypt eu-central-1 kms");
    }

    @Test
    void kmsTakesTheRegionFromTheArn() {
        KmsWrap kms = new KmsWrap(clients());
        WrappedKey wrapped = kms.wrap(DEK, "pii", Map.of("key", StubAws.ARN));
        assertThat(kms.unwrap(wrapped, "pii")).isEqualTo(DEK);
        assertThat(aws.requests()).allSatisfy(request -> assertThat(request).endsWith(" eu-central-1 kms"));
    }

    @Test
    void kmsOpensAKeysetOfTheSameNameOnly() {
        KmsWrap kms = new KmsWrap(clients());
        WrappedKey wrapped = kms.wrap(DEK, "pii", ALIAS);
        assertRefused(
                () -> kms.unwrap(wrapped, "other"),
                "KMS key " + StubAws.ARN + ": AWS refused with InvalidCiphertextException (status 400)");
        WrappedKey elsewhere = new WrappedKey(wrapped.ciphertext(), ALIAS);
        assertRefused(
                () -> kms.unwrap(elsewhere, "pii"),
                "KMS key alias/etl: AWS refused with IncorrectKeyException (status 400)");
    }

    @Test
    void saysWhatIsWrongAndNotWhatTheServiceQuotes() {
        KmsWrap kms = new KmsWrap(clients());
        assertRefused(() -> kms.wrap(DEK, "pii", Map.of()), "KMS: which key? --wrap-option key=ARN");
        assertRefused(
                () -> kms.wrap(DEK, "pii", Map.of("key", "k", "region", "evil.example.org/")),
                "KMS key k: the region is none");
        assertRefused(
                () -> kms.unwrap(new WrappedKey("no base64!", ALIAS), "pii"),
                "KMS key alias/etl: the wrapped key is not base64url");
        aws.failNext("AccessDeniedException");
        assertRefused(
                () -> kms.wrap(DEK, "pii", ALIAS),
                "KMS key alias/etl: AWS refused with AccessDeniedException (status 400)");
    }

    @Test
    void asksAgainWhenTheServiceFailed() {
        aws.failNext("InternalServiceError");
        KmsWrap kms = new KmsWrap(clients());
        assertThat(kms.wrap(DEK, "pii", ALIAS).ciphertext()).isNotEmpty();
        assertThat(aws.requests()).hasSize(2);
    }

    @Test
    void saysWhenTheServiceCanNotBeReached() {
        KmsWrap kms = new KmsWrap(clients());
        aws.close();
        assertRefused(
                () -> kms.wrap(DEK, "pii", ALIAS),
                "KMS key alias/etl: AWS can not be reached, or there are no credentials (SdkClientException)");
    }

    @Test
    void readsASecretWholeOrOneFieldOfIt() {
        String arn = "arn:aws:secretsmanager:us-west-2:111122223333:secret:app/db-AbCdEf";
        aws.put(arn, secret("{\"password\":\"s3cret\",\"port\":5432}"));
        SecretsManagerSecrets secrets = new SecretsManagerSecrets(clients());
        assertThat(secrets.resolve(arn + "#password").reveal()).isEqualTo("s3cret");
        assertThat(secrets.resolve(arn).reveal()).isEqualTo("{\"password\":\"s3cret\",\"port\":5432}");
        assertThat(aws.requests()).containsOnly("secretsmanager.GetSecretValue us-west-2 secretsmanager");
        String what = "secret " + arn;
        assertRefused(
                () -> secrets.resolve(arn + "#user"),
                what + ": it is no JSON object, or has no field \"user\" that is text");
        assertRefused(
                () -> secrets.resolve(arn + "#port"),
                what + ": it is no JSON object, or has no field \"port\" that is text");
        aws.put(arn, secret("canary"));
        assertRefused(
                () -> secrets.resolve(arn + "#password"),
                what + ": it is no JSON object, and has no field \"password\"");
        aws.put(arn, ObjectValue.empty().with("SecretBinary", Value.of("AAAA")));
        assertRefused(() -> secrets.resolve(arn), what + ": it is binary, and text was expected");
    }

    @Test
    void saysWhenThereIsNoSuchSecret() {
        SecretsManagerSecrets secrets = new SecretsManagerSecrets(clients());
        String arn = "arn:aws:secretsmanager:us-west-2:111122223333:secret:none";
        assertRefused(
                () -> secrets.resolve(arn + "#k"),
                "secret " + arn + ": AWS refused with ResourceNotFoundException (status 400)");
        assertRefused(() -> secrets.resolve("#k"), "aws-sm: which secret? ${aws-sm:NAME} or ${aws-sm:NAME#FIELD}");
    }

    private static ObjectValue secret(String text) {
        return ObjectValue.empty().with("SecretString", Value.of(text));
    }

    private AwsClients clients() {
        return new AwsClients(
                Optional.of(StaticCredentialsProvider.create(AwsBasicCredentials.create("id", "canary"))),
                Optional.of(aws.endpoint()));
    }

    private static void assertRefused(ThrowingCallable call, String message) {
        assertThatThrownBy(call)
                .isInstanceOf(StartupException.class)
                .hasMessage(message)
                .hasMessageNotContaining("canary")
                .hasNoCause();
    }
}
