package io.etlkit.transform.mask;

import io.etlkit.api.StartupException;
import io.etlkit.api.value.ObjectValue;
import io.etlkit.api.value.Value;
import io.etlkit.json.JsonWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/** Writes keysets in the format {@code etl-keyset/1}; {@link KeysetReader} reads them. */
final class KeysetJson {
    static final String FORMAT = "etl-keyset/1";

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    private KeysetJson() {}

    static boolean isName(String name) {
        return NAME.matcher(name).matches();
    }

    /** The file of a keyset whose keys are in the clear. */
    static String writePlaintext(Keyset keyset, byte[] dek) {
        ObjectValue.Builder file = file(keyset, true);
        file.put(
                "wrap",
                ObjectValue.builder()
                        .put("type", Value.of("none"))
                        .put("dek", Value.of(Base64Url.encode(dek)))
                        .build());
        ObjectValue withoutMac = file.build();
        return write(withoutMac.with("mac", Value.of(Base64Url.encode(mac(dek, withoutMac)))));
    }

    /** The file's shape without {@code key}, {@code mac} and what wraps the keys. */
    static ObjectValue describe(Keyset keyset) {
        return file(keyset, false)
                .put("wrap", ObjectValue.builder().put("type", Value.of("none")).build())
                .build();
    }

    /** What authenticates a keyset: an HMAC over its canonical JSON without the field {@code mac}. */
    static byte[] mac(byte[] dek, ObjectValue withoutMac) {
        byte[] canonical = CanonicalJson.bytes(withoutMac);
        byte[] mac = new byte[HmacSha256.LENGTH];
        new HmacSha256(Hkdf.derive(dek, FORMAT + "/mac", KeysetKey.LENGTH)).compute(canonical, canonical.length, mac);
        Arrays.fill(canonical, (byte) 0);
        return mac;
    }

    private static ObjectValue.Builder file(Keyset keyset, boolean withKeys) {
        ObjectValue.Builder file = ObjectValue.builder()
                .put("format", Value.of(FORMAT))
                .put("name", Value.of(keyset.name()))
                .put("version", Value.of(keyset.version()));
        for (KeyRole role : KeyRole.values()) {
            List<Value> keys = new ArrayList<>();
            keyset.keys().stream().filter(key -> key.role() == role).forEach(key -> keys.add(key(key, withKeys)));
            file.put(role.label(), Value.of(keys));
        }
        return file;
    }

    private static ObjectValue key(KeysetKey key, boolean withKey) {
        ObjectValue.Builder fields = ObjectValue.builder().put("id", Value.of(key.id()));
        if (key.role() == KeyRole.INDEX) {
            fields.put("over", key.over().map(Value::of).orElse(Value.ofNull()));
        }
        fields.put("status", Value.of(key.status().label()));
        if (withKey) {
            fields.put("key", Value.of(Base64Url.encode(key.material())));
        }
        return fields.build();
    }

    /** One key a line. */
    private static String write(ObjectValue file) {
        String text = JsonWriter.write(file);
        return text.replace("{\"id\"", "\n  {\"id\"").replace(",\"wrap\"", ",\n \"wrap\"") + "\n";
    }

    static StartupException broken(String origin, String what) {
        return new StartupException("keyset " + origin + ": " + what);
    }
}
