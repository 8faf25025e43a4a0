package io.etlkit.transform.mask.keyset;

import io.etlkit.api.StartupException;
import io.etlkit.api.value.ObjectValue;
import io.etlkit.transform.mask.internal.keyset.KeyGenerator;
import io.etlkit.transform.mask.internal.keyset.KeysetFile;
import io.etlkit.transform.mask.internal.keyset.KeysetJson;
import io.etlkit.transform.mask.internal.keyset.KeysetKey;
import io.etlkit.transform.mask.internal.keyset.KeysetWraps;
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
        KeyGenerator fresh = new KeyGenerator(new SecureRandom());
        List<KeysetKey> keys = new ArrayList<>();
        for (KeyRole role : KeyRole.values()) {
            keys.add(fresh.key(role, Optional.empty(), KeyStatus.PRIMARY, keys));
        }
        return new NewKeyset(new Keyset(name, 1, keys), fresh.bytes());
    }

    /** The keyset, which this closes too. */
    public Keyset keyset() {
        return keyset;
    }

    /**
     * Writes the keyset to a file that only its owner may touch. The folder is made when it is missing. Either the whole file
     * is there afterwards or none of it. May block on a key management service, or on somebody who types.
     *
     * @param choice how the keys are protected
     * @param passphrases asked when that is by a passphrase
     * @throws StartupException when the file is there already, which is then left as it is, or the keys can not be wrapped
     * @throws IOException when it can not be written
     */
    public void write(Path file, WrapChoice choice, PassphraseSource passphrases) throws IOException {
        KeysetFile.refuseExisting(file);
        ObjectValue wrap = KeysetWraps.installed(passphrases).wrap(choice, dek, keyset.name(), file.toString());
        KeysetFile.create(file, KeysetJson.write(keyset, dek, wrap));
    }

    /** Writes the keyset as above, with its keys in the clear. */
    public void writePlaintext(Path file) throws IOException {
        KeysetFile.create(file, plaintext());
    }

    /** The keyset's file with its keys in the clear, as {@code env:NAME} takes it; for tests and short-lived runs. */
    public String plaintext() {
        ObjectValue wrap = new KeysetWraps(origin -> new char[0], List.of())
                .wrap(WrapChoice.plaintext(), dek, keyset.name(), keyset.name());
        return KeysetJson.write(keyset, dek, wrap);
    }

    @Override
    public void close() {
        keyset.close();
        Arrays.fill(dek, (byte) 0);
    }
}
