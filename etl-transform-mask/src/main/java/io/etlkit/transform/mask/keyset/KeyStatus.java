package io.etlkit.transform.mask.keyset;

import java.util.Locale;
import java.util.Set;

/** Where a key is in its life. */
public enum KeyStatus {
    /** An index key that hosts are to know before one of them writes with it. */
    PENDING,
    /** The one of its role that is written with. */
    PRIMARY,
    /** An index key whose tokens are still in tables. */
    ACTIVE,
    /** An index key whose tokens were all rewritten. */
    RETIRED,
    /** An encryption or sealing key that is read with only. */
    DECRYPT,
    /** The key is gone; its id is kept, so that it is known what a token was made with. */
    DESTROYED;

    private static final Set<KeyStatus> OF_INDEX = Set.of(PENDING, PRIMARY, ACTIVE, RETIRED, DESTROYED);
    private static final Set<KeyStatus> OF_OTHERS = Set.of(PRIMARY, DECRYPT, DESTROYED);

    /** The status as a keyset file writes it. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    public boolean fits(KeyRole role) {
        return (role == KeyRole.INDEX ? OF_INDEX : OF_OTHERS).contains(this);
    }
}
