package io.etlkit.transform.mask.internal.keyset;

import io.etlkit.api.StartupException;
import io.etlkit.api.value.ObjectValue;
import io.etlkit.api.value.Value;
import io.etlkit.transform.mask.internal.crypto.RandomNonceCipher;
import io.etlkit.transform.mask.internal.encoding.Base64Url;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Set;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/**
 * Wraps a dek with a passphrase: Argon2id (RFC 9106, version 19) makes 64 bytes of it, of which the first 32 encrypt the dek
 * and the next 16 tell a wrong passphrase from a damaged file.
 */
public final class PassphraseWrap {
    public static final String TYPE = "passphrase";

    private static final String KDF = "argon2id";
    private static final int VERSION = Argon2Parameters.ARGON2_VERSION_13;
    private static final int SALT = 16;
    private static final int CHECK = 16;
    private static final int DERIVED = 64;
    private static final Set<String> FIELDS = Set.of("type", "kdf", "v", "m", "t", "p", "salt", "check", "dek");

    /** The second recommended option of RFC 9106. */
    private static final Cost RECOMMENDED = new Cost(65536, 3, 4);

    private PassphraseWrap() {}

    /** What a guess costs: memory in KiB, passes, lanes. */
    private record Cost(int memory, int passes, int lanes) {
        /** A file must neither make guessing cheap nor take the machine's memory. */
        boolean isAccepted() {
            return memory >= 19456 && memory <= 1048576 && passes >= 1 && passes <= 10 && lanes >= 1 && lanes <= 16;
        }
    }

    /** Wraps a dek; overwrites the passphrase. */
    static ObjectValue wrap(byte[] dek, String name, char[] passphrase) {
        byte[] salt = new byte[SALT];
        new SecureRandom().nextBytes(salt);
        byte[] derived = derive(passphrase, salt, RECOMMENDED);
        try {
            return ObjectValue.builder()
                    .put("type", Value.of(TYPE))
                    .put("kdf", Value.of(KDF))
                    .put("v", Value.of(VERSION))
                    .put("m", Value.of(RECOMMENDED.memory()))
                    .put("t", Value.of(RECOMMENDED.passes()))
                    .put("p", Value.of(RECOMMENDED.lanes()))
                    .put("salt", Value.of(Base64Url.encode(salt)))
                    .put("check", Value.of(Base64Url.encode(check(derived))))
                    .put("dek", Value.of(Base64Url.encode(box(derived).seal(purpose(name), dek))))
                    .build();
        } finally {
            Arrays.fill(derived, (byte) 0);
        }
    }

    /** The dek out of what {@link #wrap} made; overwrites the passphrase. */
    static byte[] unwrap(ObjectValue wrap, String name, char[] passphrase, String origin) {
        byte[] derived = derive(passphrase, salt(wrap, origin), cost(wrap, origin));
        try {
            byte[] check = JsonFields.bytes(wrap, "check", CHECK).orElseThrow(() -> field(origin, "check"));
            if (!MessageDigest.isEqual(check, check(derived))) {
                throw KeysetJson.broken(origin, "the passphrase is not the one that it was wrapped with");
            }
            return JsonFields.text(wrap, "dek")
                    .flatMap(Base64Url::decode)
                    .flatMap(encrypted -> box(derived).open(purpose(name), encrypted))
                    .filter(dek -> dek.length == KeysetKey.LENGTH)
                    .orElseThrow(() -> KeysetJson.broken(
                            origin,
                            "the field wrap.dek is damaged, or the field name was changed; restore it from a backup"));
        } finally {
            Arrays.fill(derived, (byte) 0);
        }
    }

    /** Refuses what can not be unwrapped, before anybody is asked for a passphrase. */
    static void check(ObjectValue wrap, String origin) {
        JsonFields.refuseOthers(wrap, FIELDS, origin);
        boolean known = KDF.equals(JsonFields.text(wrap, "kdf").orElse(""))
                && JsonFields.whole(wrap, "v").filter(v -> v == VERSION).isPresent();
        if (!known) {
            throw KeysetJson.broken(origin, "the fields wrap.kdf and wrap.v are not argon2id and 19");
        }
        cost(wrap, origin);
        salt(wrap, origin);
    }

    private static Cost cost(ObjectValue wrap, String origin) {
        Cost cost = new Cost(
                JsonFields.whole(wrap, "m").orElse(0),
                JsonFields.whole(wrap, "t").orElse(0),
                JsonFields.whole(wrap, "p").orElse(0));
        if (!cost.isAccepted()) {
            throw KeysetJson.broken(
                    origin,
                    "the cost of a guess is outside what etlkit accepts: wrap.m 19456 to 1048576, wrap.t 1 to 10,"
                            + " wrap.p 1 to 16");
        }
        return cost;
    }

    private static byte[] salt(ObjectValue wrap, String origin) {
        return JsonFields.bytes(wrap, "salt", SALT).orElseThrow(() -> field(origin, "salt"));
    }

    private static StartupException field(String origin, String field) {
        return KeysetJson.broken(origin, "the field wrap." + field + " is not 16 bytes in base64url");
    }

    private static byte[] check(byte[] derived) {
        return Arrays.copyOfRange(derived, KeysetKey.LENGTH, KeysetKey.LENGTH + CHECK);
    }

    private static RandomNonceCipher box(byte[] derived) {
        return new RandomNonceCipher(Arrays.copyOf(derived, KeysetKey.LENGTH));
    }

    private static String purpose(String name) {
        return KeysetJson.FORMAT + "/dek/" + name;
    }

    private static byte[] derive(char[] passphrase, byte[] salt, Cost cost) {
        byte[] password = utf8(passphrase);
        Arrays.fill(passphrase, '\0');
        try {
            Argon2BytesGenerator generator = new Argon2BytesGenerator();
            generator.init(new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                    .withVersion(VERSION)
                    .withMemoryAsKB(cost.memory())
                    .withIterations(cost.passes())
                    .withParallelism(cost.lanes())
                    .withSalt(salt)
                    .build());
            byte[] derived = new byte[DERIVED];
            generator.generateBytes(password, derived);
            return derived;
        } finally {
            Arrays.fill(password, (byte) 0);
        }
    }

    private static byte[] utf8(char[] text) {
        ByteBuffer encoded = ByteBuffer.allocate(text.length * 3);
        StandardCharsets.UTF_8
                .newEncoder()
                .onMalformedInput(CodingErrorAction.REPLACE)
                .encode(CharBuffer.wrap(text), encoded, true);
        byte[] bytes = Arrays.copyOf(encoded.array(), encoded.position());
        Arrays.fill(encoded.array(), (byte) 0);
        return bytes;
    }
}
