package io.etlkit.transform.mask.internal.keyset;

import io.etlkit.api.RejectedException;
import io.etlkit.api.StartupException;
import io.etlkit.api.value.ListValue;
import io.etlkit.api.value.ObjectValue;
import io.etlkit.api.value.Value;
import io.etlkit.json.JsonReader;
import io.etlkit.transform.mask.internal.crypto.HmacSha256;
import io.etlkit.transform.mask.internal.crypto.RandomNonceCipher;
import io.etlkit.transform.mask.internal.encoding.Base64Url;
import io.etlkit.transform.mask.keyset.KeyRole;
import io.etlkit.transform.mask.keyset.KeyStatus;
import io.etlkit.transform.mask.keyset.Keyset;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads keysets in the format {@code etl-keyset/1} and checks everything that can be: the fields, the MAC, each key against
 * its id. Messages name fields and ids, never a key.
 */
public final class KeysetReader {
    private static final Set<String> FIELDS =
            Set.of("format", "name", "version", "index", "enc", "seal", "wrap", "mac");

    private final String origin;
    private final KeysetWraps wraps;

    private KeysetReader(String origin, KeysetWraps wraps) {
        this.origin = origin;
        this.wraps = wraps;
    }

    /** Reads a keyset file; {@code origin} is what messages call it. */
    public static KeysetContents read(String text, String origin, KeysetWraps wraps) {
        return new KeysetReader(origin, wraps).read(text);
    }

    /** The version that a file says it has, unchecked; 0 when it says none. */
    static int versionOf(String text) {
        try {
            return JsonReader.read(text) instanceof ObjectValue file
                    ? JsonFields.whole(file, "version").orElse(0)
                    : 0;
        } catch (RejectedException malformed) {
            return 0;
        }
    }

    private KeysetContents read(String text) {
        ObjectValue file = parse(text);
        if (!KeysetJson.FORMAT.equals(JsonFields.text(file, "format").orElse(""))) {
            throw broken("its format is not " + KeysetJson.FORMAT);
        }
        JsonFields.refuseOthers(file, FIELDS, origin);
        String name = name(file);
        ObjectValue wrap = file.get("wrap")
                .filter(ObjectValue.class::isInstance)
                .map(ObjectValue.class::cast)
                .orElseThrow(() -> broken("the field wrap is missing"));
        byte[] dek = wraps.unwrap(wrap, name, origin);
        List<KeysetKey> keys = new ArrayList<>();
        try {
            checkMac(file, dek);
            Optional<RandomNonceCipher> box =
                    KeysetJson.isWrapped(wrap) ? Optional.of(KeysetJson.keyBox(dek)) : Optional.empty();
            for (KeyRole role : KeyRole.values()) {
                keys(file, role, box, keys);
            }
            checkTogether(keys, dek);
            return new KeysetContents(new Keyset(name, version(file), keys, KeysetWraps.describe(wrap)), dek, wrap);
        } catch (StartupException refused) {
            keys.forEach(KeysetKey::wipe);
            Arrays.fill(dek, (byte) 0);
            throw refused;
        }
    }

    private ObjectValue parse(String text) {
        try {
            if (JsonReader.read(text) instanceof ObjectValue file) {
                return file;
            }
        } catch (RejectedException malformed) {
            throw broken("not a keyset: " + malformed.rejection().message());
        }
        throw broken("not a keyset: no JSON object");
    }

    private void checkMac(ObjectValue file, byte[] dek) {
        byte[] expected;
        try {
            expected = KeysetJson.mac(dek, file.without("mac"));
        } catch (IllegalArgumentException odd) {
            throw broken("not a keyset: " + odd.getMessage());
        }
        byte[] actual = JsonFields.bytes(file, "mac", HmacSha256.LENGTH).orElseGet(() -> new byte[0]);
        if (!MessageDigest.isEqual(expected, actual)) {
            throw broken("it was changed by something that is not etlkit, or damaged: its mac does not fit;"
                    + " restore it from a backup");
        }
    }

    private void keys(ObjectValue file, KeyRole role, Optional<RandomNonceCipher> box, List<KeysetKey> keys) {
        if (!(file.get(role.label()).orElse(Value.ofNull()) instanceof ListValue list)) {
            throw broken("the field " + role.label() + " is not a list of keys");
        }
        for (Value element : list.values()) {
            if (!(element instanceof ObjectValue fields)) {
                throw broken("the field " + role.label() + " is not a list of keys");
            }
            keys.add(key(fields, role, box));
        }
    }

    private KeysetKey key(ObjectValue fields, KeyRole role, Optional<RandomNonceCipher> box) {
        JsonFields.refuseOthers(
                fields,
                role == KeyRole.INDEX ? Set.of("id", "over", "status", "key") : Set.of("id", "status", "key"),
                origin);
        String id = JsonFields.text(fields, "id")
                .filter(KeyIds::isId)
                .orElseThrow(() -> broken("a key of kind " + role.label() + " has no id of six characters"));
        KeyStatus status = Arrays.stream(KeyStatus.values())
                .filter(each -> each.fits(role)
                        && each.label().equals(JsonFields.text(fields, "status").orElse("")))
                .findFirst()
                .orElseThrow(() -> broken(
                        "the status of key " + id + " is none that a key of kind " + role.label() + " can have"));
        Optional<String> over = over(fields, id);
        if (status == KeyStatus.DESTROYED) {
            Value left = fields.get("key").orElse(Value.ofNull());
            if (!left.isNull() && !left.equals(Value.of(""))) {
                throw broken("key " + id + " is destroyed, and yet it is there");
            }
            return new KeysetKey(role, id, over, status, new byte[0]);
        }
        byte[] material = material(fields, role, id, box);
        if (!KeyIds.of(role, over, material).equals(id)) {
            Arrays.fill(material, (byte) 0);
            throw broken("key " + id + " does not fit its id: it is another key, or damaged");
        }
        return new KeysetKey(role, id, over, status, material);
    }

    private Optional<String> over(ObjectValue fields, String id) {
        Value over = fields.get("over").orElse(Value.ofNull());
        Optional<String> named = JsonFields.text(fields, "over");
        if (!over.isNull() && named.filter(KeyIds::isId).isEmpty()) {
            throw broken("key " + id + " names no key that it is laid over");
        }
        return named;
    }

    private byte[] material(ObjectValue fields, KeyRole role, String id, Optional<RandomNonceCipher> box) {
        if (box.isEmpty()) {
            return JsonFields.bytes(fields, "key", KeysetKey.LENGTH)
                    .orElseThrow(() -> broken("key " + id + " is not 32 bytes in base64url;"
                            + " a key is 32 random bytes, for who holds the table can guess a shorter one; make keys"
                            + " with etl keys init or etl keys add"));
        }
        return JsonFields.text(fields, "key")
                .flatMap(Base64Url::decode)
                .flatMap(encrypted -> box.get().open(KeysetJson.purpose(role, id), encrypted))
                .filter(key -> key.length == KeysetKey.LENGTH)
                .orElseThrow(() -> broken("key " + id + " can not be decrypted: it is another key, or damaged"));
    }

    private void checkTogether(List<KeysetKey> keys, byte[] dek) {
        Set<String> ids = new HashSet<>();
        for (KeysetKey key : keys) {
            if (!ids.add(key.role() + key.id())) {
                throw broken("two keys have the id " + key.id());
            }
            if (key.over().isPresent()
                    && !ids.contains(KeyRole.INDEX + key.over().get())) {
                throw broken("key " + key.id() + " is laid over a key that does not stand before it");
            }
            boolean twice = keys.stream()
                    .anyMatch(other -> other != key
                            && key.isUsable()
                            && other.isUsable()
                            && MessageDigest.isEqual(other.material(), key.material()));
            if (twice || MessageDigest.isEqual(key.material(), dek)) {
                throw broken("key " + key.id() + " is in the keyset twice; each use needs a key of its own");
            }
        }
        for (KeyRole role : KeyRole.values()) {
            long primaries = keys.stream()
                    .filter(key -> key.role() == role && key.status() == KeyStatus.PRIMARY)
                    .count();
            if (primaries > 1) {
                throw broken("there is more than one primary key of kind " + role.label());
            }
        }
    }

    private String name(ObjectValue file) {
        return JsonFields.text(file, "name")
                .filter(KeysetJson::isName)
                .orElseThrow(() -> broken("the field name is no name"));
    }

    private int version(ObjectValue file) {
        return JsonFields.whole(file, "version")
                .filter(version -> version >= 1)
                .orElseThrow(() -> broken("the field version is no whole number from 1"));
    }

    private StartupException broken(String what) {
        return KeysetJson.broken(origin, what);
    }
}
