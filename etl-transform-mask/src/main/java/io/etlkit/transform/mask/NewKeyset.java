package io.etlkit.transform.mask;

import io.etlkit.api.StartupException;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A keyset that was just generated and is not stored yet. Used by one thread. */
public final class NewKeyset implements AutoCloseable {
    private final Keyset keyset;
    private final byte[] dek;

    private NewKeyset(Keyset keyset, byte[] dek) {
        this.keyset = keyset;
        this.dek = dek;
    }

    static NewKeyset generate(String name) {
        if (!KeysetJson.isName(name)) {
            throw new IllegalArgumentException(
                    "a keyset's name is 1 to 64 letters, digits, dots, dashes and underscores: \"" + name + "\"");
        }
        SecureRandom random = new SecureRandom();
        List<KeysetKey> keys = new ArrayList<>();
        for (KeyRole role : KeyRole.values()) {
            keys.add(key(role, random, keys));
        }
        byte[] dek = new byte[KeysetKey.LENGTH];
        random.nextBytes(dek);
        return new NewKeyset(new Keyset(name, 1, keys), dek);
    }

    private static KeysetKey key(KeyRole role, SecureRandom random, List<KeysetKey> others) {
        while (true) {
            byte[] material = new byte[KeysetKey.LENGTH];
            random.nextBytes(material);
            String id = KeyIds.of(role, Optional.empty(), material);
            if (KeyIds.isId(id) && others.stream().noneMatch(other -> other.id().equals(id))) {
                return new KeysetKey(role, id, Optional.empty(), KeyStatus.PRIMARY, material);
            }
        }
    }

    /** The keyset, which this closes too. */
    public Keyset keyset() {
        return keyset;
    }

    /**
     * Writes the keyset with its keys in the clear, to a file that only its owner may touch. The folder is made when it is
     * missing. Either the whole file is there afterwards or none of it.
     *
     * @throws StartupException when the file is there already, which is then left as it is
     * @throws IOException when it can not be written
     */
    public void writePlaintext(Path file) throws IOException {
        KeysetFile.create(file, KeysetJson.writePlaintext(keyset, dek));
    }

    /** The keyset's file with its keys in the clear, as {@code env:NAME} takes it; for tests and short-lived runs. */
    public String plaintext() {
        return KeysetJson.writePlaintext(keyset, dek);
    }

    @Override
    public void close() {
        keyset.close();
        Arrays.fill(dek, (byte) 0);
    }
}
