package io.etlkit.transform.mask;

import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;

/** Makes keys. Used by one thread at a time. */
final class FreshKeys {
    private final SecureRandom random;

    FreshKeys(SecureRandom random) {
        this.random = random;
    }

    /** A key whose id reads well on a command line and belongs to no other key of the keyset, destroyed ones included. */
    KeysetKey key(KeyRole role, Optional<String> over, KeyStatus status, List<KeysetKey> others) {
        while (true) {
            byte[] material = bytes();
            String id = KeyIds.of(role, over, material);
            if (KeyIds.isId(id) && others.stream().noneMatch(other -> other.id().equals(id))) {
                return new KeysetKey(role, id, over, status, material);
            }
        }
    }

    byte[] bytes() {
        byte[] bytes = new byte[KeysetKey.LENGTH];
        random.nextBytes(bytes);
        return bytes;
    }
}
