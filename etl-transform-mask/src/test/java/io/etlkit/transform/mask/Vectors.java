package io.etlkit.transform.mask;

import io.etlkit.api.value.ListValue;
import io.etlkit.api.value.NullValue;
import io.etlkit.api.value.NumberValue;
import io.etlkit.api.value.ObjectValue;
import io.etlkit.api.value.TextValue;
import io.etlkit.api.value.Value;
import io.etlkit.json.JsonReader;
import io.etlkit.json.JsonWriter;
import io.etlkit.transform.mask.internal.encoding.Base64Url;
import io.etlkit.transform.mask.internal.keyset.KeyIds;
import io.etlkit.transform.mask.internal.keyset.KeysetKey;
import io.etlkit.transform.mask.internal.type.TypeTag;
import io.etlkit.transform.mask.keyset.KeyRole;
import io.etlkit.transform.mask.keyset.KeyStatus;
import io.etlkit.transform.mask.keyset.Keyset;
import io.etlkit.transform.mask.token.RevealException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The golden vectors of the format {@code mk1}, the design's and more of the same keys, and keysets made of these. */
public final class Vectors {
    private static final ObjectValue FILE = read("/mask-vectors.json");
    private static final ObjectValue MORE = read("/mask-vectors-2.json");

    private Vectors() {}

    public record Positive(
            String name,
            String domain,
            int tag,
            String value,
            String canonical,
            String plaintext,
            String fp,
            String nonce,
            String aad,
            String hmacToken,
            String token,
            String sivToken) {
        /** What the value is masked as. */
        public String type() {
            return TypeTag.of((byte) tag).orElseThrow().label();
        }

        @Override
        public String toString() {
            return name;
        }
    }

    /** A token of {@code aes-gcm-random}. */
    public record Random(
            String name,
            String domain,
            int tag,
            String canonical,
            String plaintext,
            String nonce,
            String aad,
            String token) {
        @Override
        public String toString() {
            return name;
        }
    }

    public record Negative(String why, String domain, String token, RevealException.Code result) {
        @Override
        public String toString() {
            return why;
        }
    }

    public static List<Positive> positives() {
        return objects("vectors").stream()
                .map(v -> new Positive(
                        text(v, "name"),
                        text(v, "domain"),
                        tag(v),
                        text(v, "value"),
                        text(v, "canonical"),
                        text(v, "plaintext"),
                        text(v, "fp"),
                        text(v, "nonce"),
                        text(v, "aad"),
                        text(v, "hmacToken"),
                        text(v, "token"),
                        text(v, "sivToken")))
                .toList();
    }

    public static List<Random> randoms() {
        return objects("random").stream()
                .map(v -> new Random(
                        text(v, "name"),
                        text(v, "domain"),
                        tag(v),
                        text(v, "canonical"),
                        text(v, "plaintext"),
                        text(v, "nonce"),
                        text(v, "aad"),
                        text(v, "token")))
                .toList();
    }

    public static List<Negative> negatives() {
        return objects("negative").stream()
                .map(v -> new Negative(
                        text(v, "why"),
                        text(v, "domain"),
                        text(v, "token"),
                        RevealException.Code.valueOf(text(v, "result"))))
                .toList();
    }

    public static Positive named(String name) {
        return positives().stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** The index key, the encryption key and a seal key. */
    public static Keyset keyset() {
        return new Keyset("vectors", 1, List.of(index(KeyStatus.PRIMARY), enc(KeyStatus.PRIMARY), seal()));
    }

    /** The keyset after its encryption key was rotated. */
    public static Keyset encRotated() {
        return new Keyset(
                "vectors",
                2,
                List.of(
                        index(KeyStatus.PRIMARY),
                        enc(KeyStatus.DECRYPT),
                        key(KeyRole.ENC, Optional.empty(), KeyStatus.PRIMARY, in("encRotated", "encKey"))));
    }

    /** The keyset after an index key was laid over the first. */
    public static Keyset onion() {
        KeysetKey over =
                key(KeyRole.INDEX, Optional.of(in("onion", "over")), KeyStatus.PRIMARY, in("onion", "onionKey"));
        return new Keyset("vectors", 2, List.of(index(KeyStatus.ACTIVE), over, enc(KeyStatus.PRIMARY)));
    }

    /** A keyset as the parts of a plaintext file that a reader needs. */
    public static String json(Keyset keyset) {
        return JsonWriter.write(ObjectValue.empty()
                .with("index", keysJson(keyset, KeyRole.INDEX))
                .with("enc", keysJson(keyset, KeyRole.ENC)));
    }

    private static Value keysJson(Keyset keyset, KeyRole role) {
        return Value.of(keyset.keys().stream()
                .filter(key -> key.role() == role)
                .map(key -> ObjectValue.empty()
                        .with("id", Value.of(key.id()))
                        .with("over", key.over().map(Value::of).orElse(Value.ofNull()))
                        .with("key", Value.of(Base64Url.encode(key.material()))))
                .toList());
    }

    public static String in(String object, String field) {
        return text((ObjectValue) FILE.get(object).orElseThrow(), field);
    }

    /** A part of the sealed original. */
    public static String ofSeal(String field) {
        return text((ObjectValue) MORE.get("seal").orElseThrow(), field);
    }

    public static String top(String field) {
        return text(FILE, field);
    }

    private static KeysetKey index(KeyStatus status) {
        return key(KeyRole.INDEX, Optional.empty(), status, top("indexKey"));
    }

    private static KeysetKey enc(KeyStatus status) {
        return key(KeyRole.ENC, Optional.empty(), status, top("encKey"));
    }

    private static KeysetKey seal() {
        return key(KeyRole.SEAL, Optional.empty(), KeyStatus.PRIMARY, ofSeal("sealKey"));
    }

    private static KeysetKey key(KeyRole role, Optional<String> over, KeyStatus status, String hex) {
        byte[] material = HexFormat.of().parseHex(hex);
        return new KeysetKey(role, KeyIds.of(role, over, material), over, status, material);
    }

    /** Of both files. */
    private static List<ObjectValue> objects(String field) {
        return Stream.of(FILE, MORE)
                .flatMap(file -> file.get(field).stream())
                .flatMap(list -> ((ListValue) list).values().stream())
                .map(ObjectValue.class::cast)
                .toList();
    }

    private static int tag(ObjectValue vector) {
        return ((NumberValue) vector.get("typeTag").orElseThrow()).value().intValue();
    }

    private static String text(ObjectValue object, String field) {
        return object.get(field).orElse(NullValue.INSTANCE) instanceof TextValue text ? text.value() : "";
    }

    private static ObjectValue read(String file) {
        try (InputStream in = Vectors.class.getResourceAsStream(file)) {
            return (ObjectValue) JsonReader.read(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
