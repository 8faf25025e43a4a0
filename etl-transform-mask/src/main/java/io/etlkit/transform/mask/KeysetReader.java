package io.etlkit.transform.mask;

import io.etlkit.api.RejectedException;
import io.etlkit.api.StartupException;
import io.etlkit.api.value.ListValue;
import io.etlkit.api.value.NumberValue;
import io.etlkit.api.value.ObjectValue;
import io.etlkit.api.value.TextValue;
import io.etlkit.api.value.Value;
import io.etlkit.json.JsonReader;
import java.math.BigDecimal;
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
final class KeysetReader {
    private static final Set<String> FIELDS =
            Set.of("format", "name", "version", "index", "enc", "seal", "wrap", "mac");

    private final String origin;

    private KeysetReader(String origin) {
        this.origin = origin;
    }

    /** Reads a keyset; {@code origin} is what messages call it. */
    static Keyset read(String text, String origin) {
        return new KeysetReader(origin).read(text);
    }

    private Keyset read(String text) {
        ObjectValue file = parse(text);
        if (!KeysetJson.FORMAT.equals(text(file, "format").orElse(""))) {
            throw broken("its format is not " + KeysetJson.FORMAT);
        }
        refuseOtherFields(file, FIELDS);
        byte[] dek = dek(file);
        List<KeysetKey> keys = new ArrayList<>();
        try {
            checkMac(file, dek);
            for (KeyRole role : KeyRole.values()) {
                keys(file, role, keys);
            }
            checkTogether(keys);
            return new Keyset(name(file), version(file), keys);
        } catch (StartupException refused) {
            keys.forEach(KeysetKey::wipe);
            throw refused;
        } finally {
            Arrays.fill(dek, (byte) 0);
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

    private byte[] dek(ObjectValue file) {
        ObjectValue wrap = file.get("wrap")
                .filter(ObjectValue.class::isInstance)
                .map(ObjectValue.class::cast)
                .orElseThrow(() -> broken("the field wrap is missing"));
        String type = text(wrap, "type").orElse("");
        if (Set.of("passphrase", "aws-kms", "vault-transit").contains(type)) {
            throw broken("its keys are wrapped with " + type + ", which this version of etlkit can not open yet");
        }
        if (!type.equals("none")) {
            throw broken("the field wrap.type is not one that etlkit knows");
        }
        refuseOtherFields(wrap, Set.of("type", "dek"));
        return bytes(wrap, "dek").orElseThrow(() -> broken("the field wrap.dek is not a key"));
    }

    private void checkMac(ObjectValue file, byte[] dek) {
        byte[] expected;
        try {
            expected = KeysetJson.mac(dek, file.without("mac"));
        } catch (IllegalArgumentException odd) {
            throw broken("not a keyset: " + odd.getMessage());
        }
        byte[] actual = bytes(file, "mac").orElseGet(() -> new byte[0]);
        if (!MessageDigest.isEqual(expected, actual)) {
            throw broken("it was changed by something that is not etlkit, or damaged: its mac does not fit;"
                    + " restore it from a backup");
        }
    }

    private void keys(ObjectValue file, KeyRole role, List<KeysetKey> keys) {
        if (!(file.get(role.label()).orElse(Value.ofNull()) instanceof ListValue list)) {
            throw broken("the field " + role.label() + " is not a list of keys");
        }
        for (Value element : list.values()) {
            if (!(element instanceof ObjectValue fields)) {
                throw broken("the field " + role.label() + " is not a list of keys");
            }
            keys.add(key(fields, role));
        }
    }

    private KeysetKey key(ObjectValue fields, KeyRole role) {
        refuseOtherFields(
                fields, role == KeyRole.INDEX ? Set.of("id", "over", "status", "key") : Set.of("id", "status", "key"));
        String id = text(fields, "id")
                .filter(KeyIds::isId)
                .orElseThrow(() -> broken("a key of kind " + role.label() + " has no id of six characters"));
        KeyStatus status = Arrays.stream(KeyStatus.values())
                .filter(each -> each.fits(role)
                        && each.label().equals(text(fields, "status").orElse("")))
                .findFirst()
                .orElseThrow(() -> broken(
                        "the status of key " + id + " is none that a key of kind " + role.label() + " can have"));
        Optional<String> over = text(fields, "over");
        if (over.isPresent() && !KeyIds.isId(over.get())) {
            throw broken("key " + id + " names no key that it is laid over");
        }
        if (status == KeyStatus.DESTROYED) {
            return new KeysetKey(role, id, over, status, new byte[0]);
        }
        byte[] material = bytes(fields, "key").orElseThrow(() -> broken("key " + id + " is not 32 bytes in base64url"));
        if (!KeyIds.of(role, over, material).equals(id)) {
            Arrays.fill(material, (byte) 0);
            throw broken("key " + id + " does not fit its id: it is another key, or damaged");
        }
        return new KeysetKey(role, id, over, status, material);
    }

    private void checkTogether(List<KeysetKey> keys) {
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
            if (twice) {
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
        return text(file, "name").filter(KeysetJson::isName).orElseThrow(() -> broken("the field name is no name"));
    }

    private int version(ObjectValue file) {
        if (file.get("version").orElse(Value.ofNull()) instanceof NumberValue number
                && number.value().compareTo(BigDecimal.ONE) >= 0
                && number.value().compareTo(BigDecimal.valueOf(Integer.MAX_VALUE)) <= 0) {
            return number.value().intValue();
        }
        throw broken("the field version is no whole number from 1");
    }

    private void refuseOtherFields(ObjectValue object, Set<String> known) {
        if (!known.containsAll(object.names())) {
            throw broken("it has fields that this version of etlkit does not know");
        }
    }

    private static Optional<String> text(ObjectValue object, String field) {
        return object.get(field).filter(TextValue.class::isInstance).map(value -> ((TextValue) value).value());
    }

    /** A field that holds 32 bytes. */
    private static Optional<byte[]> bytes(ObjectValue object, String field) {
        return text(object, field).flatMap(Base64Url::decode).filter(bytes -> bytes.length == KeysetKey.LENGTH);
    }

    private StartupException broken(String what) {
        return KeysetJson.broken(origin, what);
    }
}
