package io.etlkit.transform.mask.internal.keyset;

import io.etlkit.transform.mask.keyset.KeyRole;
import io.etlkit.transform.mask.keyset.KeyStatus;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;

/** Makes keys. Used by one thread at a time. */
public final class KeyGenerator {
    private final SecureRandom random;

    public KeyGenerator(SecureRandom random) {
        this.random = random;
    }

    /** A key whose id reads well on a command line and belongs to no other key of the keyset, destroyed ones included. */
    public KeysetKey key(KeyRole role, Optional<String> over, KeyStatus status, List<KeysetKey> others) {
        while (true) {
            byte[] material = bytes();
            String id = KeyIds.of(role, over, material);
            if (KeyIds.isId(id) && others.stream().noneMatch(other -> other.id().equals(id))) {
                return new KeysetKey(role, id, over, status, material);
            }
        }
    }

    public byte[] bytes() {
        byte[] bytes = new byte[KeysetKey.LENGTH];
        random.nextBytes(bytes);
        return bytes;
    }
}
