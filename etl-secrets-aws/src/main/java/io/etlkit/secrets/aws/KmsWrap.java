package io.etlkit.secrets.aws;

import io.etlkit.api.KeyWrapProvider;
import io.etlkit.api.StartupException;
import io.etlkit.api.WrappedKey;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.DecryptResponse;
import software.amazon.awssdk.services.kms.model.EncryptResponse;

/**
 * Wraps keysets with a symmetric key of AWS KMS. The encryption context is {@code keyset}: the keyset's name, so that a policy
 * can name it and a wrapped key opens the keyset of that name only. The key's ARN is kept, not its alias, which may be given to
 * another key.
 */
public final class KmsWrap implements KeyWrapProvider {
    private static final String KEY = "key";
    private static final String REGION = "region";

    private final AwsClients clients;

    /** For {@link java.util.ServiceLoader}. */
    public KmsWrap() {
        this(AwsClients.ofProcess());
    }

    KmsWrap(AwsClients clients) {
        this.clients = clients;
    }

    @Override
    public String type() {
        return "aws-kms";
    }

    @Override
    public Map<String, String> settings() {
        return Map.of(
                KEY, "The key: its ARN, its id, or alias/NAME.",
                REGION, "Its region; otherwise the ARN's, or AWS_REGION.");
    }

    @Override
    public WrappedKey wrap(byte[] key, String keyset, Map<String, String> settings) {
        String keyId = keyId(settings);
        EncryptResponse answer = clients.call(
                KmsClient.builder(),
                what(keyId),
                region(settings),
                keyId,
                kms -> kms.encrypt(request -> request.keyId(keyId)
                        .plaintext(SdkBytes.fromByteArray(key))
                        .encryptionContext(context(keyset))));
        Map<String, String> kept = new HashMap<>(settings);
        kept.put(KEY, answer.keyId());
        return new WrappedKey(
                Base64.getUrlEncoder()
                        .withoutPadding()
                        .encodeToString(answer.ciphertextBlob().asByteArrayUnsafe()),
                kept);
    }

    @Override
    public byte[] unwrap(WrappedKey wrapped, String keyset) {
        String keyId = keyId(wrapped.settings());
        SdkBytes ciphertext = SdkBytes.fromByteArray(decode(wrapped.ciphertext(), keyId));
        DecryptResponse answer = clients.call(
                KmsClient.builder(),
                what(keyId),
                region(wrapped.settings()),
                keyId,
                kms -> kms.decrypt(request ->
                        request.keyId(keyId).ciphertextBlob(ciphertext).encryptionContext(context(keyset))));
        return answer.plaintext().asByteArray();
    }

    private static byte[] decode(String ciphertext, String keyId) {
        try {
            return Base64.getUrlDecoder().decode(ciphertext);
        } catch (IllegalArgumentException odd) {
            throw new StartupException(what(keyId) + ": the wrapped key is not base64url");
        }
    }

    private static Map<String, String> context(String keyset) {
        return Map.of("keyset", keyset);
    }

    private static String keyId(Map<String, String> settings) {
        return Optional.ofNullable(settings.get(KEY))
                .filter(key -> !key.isBlank())
                .orElseThrow(() -> new StartupException("KMS: which key? --wrap-option key=ARN"));
    }

    private static Optional<String> region(Map<String, String> settings) {
        return Optional.ofNullable(settings.get(REGION));
    }

    private static String what(String keyId) {
        return "KMS key " + keyId;
    }
}
