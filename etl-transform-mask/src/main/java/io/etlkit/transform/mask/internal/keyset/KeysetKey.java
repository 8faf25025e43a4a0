package io.etlkit.transform.mask.internal.keyset;

import io.etlkit.transform.mask.keyset.KeyInfo;
import io.etlkit.transform.mask.keyset.KeyRole;
import io.etlkit.transform.mask.keyset.KeyStatus;
import java.util.Arrays;
import java.util.Optional;

/** One key of a keyset. Immutable until it is wiped. */
public final class KeysetKey {
    public static final int LENGTH = 32;

    private final KeyRole role;
    private final String id;
    private final Optional<String> over;
    private final KeyStatus status;
    private final byte[] material;

    /** Takes the material, which is empty when the key is destroyed. */
    public KeysetKey(KeyRole role, String id, Optional<String> over, KeyStatus status, byte[] material) {
        this.role = role;
        this.id = id;
        this.over = over;
        this.status = status;
        this.material = material;
    }

    public KeyRole role() {
        return role;
    }

    /** Six characters of base64url, made of the key: see {@link KeyIds}. */
    public String id() {
        return id;
    }

    /** The index key that this one is laid over. */
    public Optional<String> over() {
        return over;
    }

    public KeyStatus status() {
        return status;
    }

    /** The key itself, not a copy; empty when it is destroyed. */
    public byte[] material() {
        return material;
    }

    public boolean isUsable() {
        return status != KeyStatus.DESTROYED;
    }

    /** The same key, whose array it shares, in another place of its life; overwritten when it is to be destroyed. */
    public KeysetKey in(KeyStatus newStatus) {
        if (newStatus != KeyStatus.DESTROYED) {
            return new KeysetKey(role, id, over, newStatus, material);
        }
        wipe();
        return new KeysetKey(role, id, over, newStatus, new byte[0]);
    }

    public KeyInfo info() {
        return new KeyInfo(role, id, over, status);
    }

    public void wipe() {
        Arrays.fill(material, (byte) 0);
    }

    @Override
    public String toString() {
        return "KeysetKey[" + role.label() + " " + id + " " + status.label() + "]";
    }
}
