package io.etlkit.transform.mask.internal.keyset;

import io.etlkit.api.StartupException;
import io.etlkit.api.value.ObjectValue;
import io.etlkit.api.value.Value;
import io.etlkit.json.CanonicalJson;
import io.etlkit.json.JsonWriter;
import io.etlkit.transform.mask.internal.crypto.Hkdf;
import io.etlkit.transform.mask.internal.crypto.HmacSha256;
import io.etlkit.transform.mask.internal.crypto.RandomNonceCipher;
import io.etlkit.transform.mask.internal.encoding.Base64Url;
import io.etlkit.transform.mask.keyset.KeyRole;
import io.etlkit.transform.mask.keyset.Keyset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Writes keysets in the format {@code etl-keyset/1}; {@link KeysetReader} reads them. */
public final class KeysetJson {
    static final String FORMAT = "etl-keyset/1";

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    private KeysetJson() {}

    public static boolean isName(String name) {
        return NAME.matcher(name).matches();
    }

    /** The file of a keyset, its keys encrypted unless the dek itself is in the clear. */
    public static String write(Keyset keyset, byte[] dek, ObjectValue wrap) {
        Function<KeysetKey, byte[]> form = KeysetKey::material;
        if (isWrapped(wrap)) {
            RandomNonceCipher box = keyBox(dek);
            form = key -> box.seal(purpose(key.role(), key.id()), key.material());
        }
        ObjectValue withoutMac = file(keyset, form).put("wrap", wrap).build();
        return write(withoutMac.with("mac", Value.of(Base64Url.encode(mac(dek, withoutMac)))));
    }

    /** Whether the keys of the file are encrypted. */
    static boolean isWrapped(ObjectValue wrap) {
        return !KeysetWraps.NONE.equals(JsonFields.text(wrap, "type").orElse(""));
    }

    /** What encrypts the keys of a file. */
    static RandomNonceCipher keyBox(byte[] dek) {
        return new RandomNonceCipher(Hkdf.derive(dek, FORMAT + "/key", KeysetKey.LENGTH));
    }

    /** What a key is encrypted for, so that no key can be put in another's place. */
    static String purpose(KeyRole role, String id) {
        return role.label() + "/" + id;
    }

    /** The file's shape without {@code key}, {@code mac} and what of {@code wrap} nobody needs to see. */
    public static ObjectValue describe(Keyset keyset) {
        ObjectValue.Builder file = start(keyset);
        for (KeyRole role : KeyRole.values()) {
            file.put(role.label(), Value.of(fields(keyset, role)));
        }
        return file.put("wrap", keyset.wrap()).build();
    }

    /** What authenticates a keyset: an HMAC over its canonical JSON without the field {@code mac}. */
    public static byte[] mac(byte[] dek, ObjectValue withoutMac) {
        byte[] canonical = CanonicalJson.bytes(withoutMac);
        byte[] mac = new byte[HmacSha256.LENGTH];
        new HmacSha256(Hkdf.derive(dek, FORMAT + "/mac", KeysetKey.LENGTH)).compute(canonical, canonical.length, mac);
        Arrays.fill(canonical, (byte) 0);
        return mac;
    }

    private static ObjectValue.Builder start(Keyset keyset) {
        return ObjectValue.builder()
                .put("format", Value.of(FORMAT))
                .put("name", Value.of(keyset.name()))
                .put("version", Value.of(keyset.version()));
    }

    private static ObjectValue.Builder file(Keyset keyset, Function<KeysetKey, byte[]> form) {
        ObjectValue.Builder file = start(keyset);
        for (KeyRole role : KeyRole.values()) {
            List<Value> keys = new ArrayList<>();
            keyset.keys().stream().filter(key -> key.role() == role).forEach(key -> {
                ObjectValue fields = fields(key);
                keys.add(key.isUsable() ? fields.with("key", Value.of(Base64Url.encode(form.apply(key)))) : fields);
            });
            file.put(role.label(), Value.of(keys));
        }
        return file;
    }

    private static List<ObjectValue> fields(Keyset keyset, KeyRole role) {
        return keyset.keys().stream()
                .filter(key -> key.role() == role)
                .map(KeysetJson::fields)
                .toList();
    }

    private static ObjectValue fields(KeysetKey key) {
        ObjectValue.Builder fields = ObjectValue.builder().put("id", Value.of(key.id()));
        if (key.role() == KeyRole.INDEX) {
            fields.put("over", key.over().map(Value::of).orElse(Value.ofNull()));
        }
        return fields.put("status", Value.of(key.status().label())).build();
    }

    /** One key a line. */
    private static String write(ObjectValue file) {
        String text = JsonWriter.write(file);
        return text.replace("{\"id\"", "\n  {\"id\"").replace(",\"wrap\"", ",\n \"wrap\"") + "\n";
    }

    public static StartupException broken(String origin, String what) {
        return new StartupException("keyset " + origin + ": " + what);
    }
}
