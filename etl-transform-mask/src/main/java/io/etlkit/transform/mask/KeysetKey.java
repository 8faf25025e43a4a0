package io.etlkit.transform.mask;

import java.util.Arrays;
import java.util.Optional;

/** One key of a keyset. Immutable until it is wiped. */
final class KeysetKey {
    static final int LENGTH = 32;

    private final KeyRole role;
    private final String id;
    private final Optional<String> over;
    private final KeyStatus status;
    private final byte[] material;

    /** Takes the material, which is empty when the key is destroyed. */
    KeysetKey(KeyRole role, String id, Optional<String> over, KeyStatus status, byte[] material) {
        this.role = role;
        this.id = id;
        this.over = over;
        this.status = status;
        this.material = material;
    }

    KeyRole role() {
        return role;
    }

    /** Six characters of base64url, made of the key: see {@link KeyIds}. */
    String id() {
        return id;
    }

    /** The index key that this one is laid over. */
    Optional<String> over() {
        return over;
    }

    KeyStatus status() {
        return status;
    }

    /** The key itself, not a copy; empty when it is destroyed. */
    byte[] material() {
        return material;
    }

    boolean isUsable() {
        return status != KeyStatus.DESTROYED;
    }

    /** The same key, whose array it shares, in another place of its life; overwritten when it is to be destroyed. */
    KeysetKey in(KeyStatus newStatus) {
        if (newStatus != KeyStatus.DESTROYED) {
            return new KeysetKey(role, id, over, newStatus, material);
        }
        wipe();
        return new KeysetKey(role, id, over, newStatus, new byte[0]);
    }

    KeyInfo info() {
        return new KeyInfo(role, id, over, status);
    }

    void wipe() {
        Arrays.fill(material, (byte) 0);
    }

    @Override
    public String toString() {
        return "KeysetKey[" + role.label() + " " + id + " " + status.label() + "]";
    }
}
