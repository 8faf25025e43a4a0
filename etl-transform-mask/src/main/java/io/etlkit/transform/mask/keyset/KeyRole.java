package io.etlkit.transform.mask.keyset;

import java.util.Locale;

/** What a key of a keyset is for. */
public enum KeyRole {
    /** Makes fingerprints. */
    INDEX,
    /** Encrypts values. */
    ENC,
    /** Seals the originals of dead letters. */
    SEAL;

    /** The role as a keyset file writes it. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
