package io.etlkit.transform.mask.keyset;

import io.etlkit.api.StartupException;
import io.etlkit.api.value.ObjectValue;
import io.etlkit.api.value.Value;
import io.etlkit.transform.mask.internal.keyset.KeysetJson;
import io.etlkit.transform.mask.internal.keyset.KeysetKey;
import io.etlkit.transform.mask.internal.keyset.KeysetLoader;
import io.etlkit.transform.mask.internal.keyset.KeysetWraps;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The keys of masking: index keys make fingerprints, encryption keys make tokens reversible, seal keys encrypt the originals
 * of dead letters. Safe for any thread; what was made from it keeps derived keys of its own, so it may be closed before them.
 *
 * <p>Keys are held as byte arrays and overwritten on close, as far as a JVM can: a copy that the garbage collector moved,
 * or the text that a plaintext file was read as, is out of reach.
 */
public final class Keyset implements AutoCloseable {
    private final String name;
    private final int version;
    private final List<KeysetKey> keys;
    private final ObjectValue wrap;
    private final Runnable closing;
    private final AtomicBoolean closed = new AtomicBoolean();

    /** A keyset that is in no file. */
    public Keyset(String name, int version, List<KeysetKey> keys) {
        this(name, version, keys, ObjectValue.empty().with("type", Value.of(KeysetWraps.NONE)));
    }

    /** {@code wrap} is what may be shown of how the keys are protected. */
    public Keyset(String name, int version, List<KeysetKey> keys, ObjectValue wrap) {
        this(name, version, keys, wrap, () -> keys.forEach(KeysetKey::wipe));
    }

    /** As above; {@code closing} runs when this is closed first, instead of overwriting the keys. */
    public Keyset(String name, int version, List<KeysetKey> keys, ObjectValue wrap, Runnable closing) {
        this.name = name;
        this.version = version;
        this.keys = List.copyOf(keys);
        this.wrap = wrap;
        this.closing = closing;
    }

    /**
     * Loads a keyset and checks it: its MAC, and each key against its id. Blocks on a file and, where the keyset says so, on a
     * key management service or a secret provider. A passphrase comes from the environment: {@code ETL_KEYSET_PASSPHRASE_FILE}
     * or {@code ETL_KEYSET_PASSPHRASE}. A keyset that is open in this process is not unwrapped again, as long as its file says the
     * same; each caller closes its own, and the last one wipes the keys.
     *
     * @param location the path of a file, {@code file:PATH}, {@code env:NAME} for the JSON in an environment variable, or
     *     {@code aws-sm:ID} and the like for the JSON that a secret provider on the classpath holds
     * @param baseDirectory the folder that a relative path is taken from
     * @throws StartupException when there is none, it is not intact, it can not be unwrapped, or others may touch the file
     */
    public static Keyset load(String location, Path baseDirectory) {
        return KeysetLoader.ofProcess().load(location, baseDirectory);
    }

    /** As above, with the passphrase from elsewhere; the keyset is opened anew and not shared. */
    public static Keyset load(String location, Path baseDirectory, PassphraseSource passphrases) {
        return KeysetLoader.asking(passphrases).load(location, baseDirectory);
    }

    /** A new keyset with a primary key of each role. */
    public static NewKeyset create(String name) {
        return NewKeyset.generate(name);
    }

    /** The keyset's name, as its file says. */
    public String name() {
        return name;
    }

    /** How often the keyset was changed, from 1. */
    public int version() {
        return version;
    }

    /** How many keys there are, destroyed ones included. */
    public int size() {
        return keys.size();
    }

    /** What may be shown of the keyset: the file's shape without anything secret. */
    public ObjectValue describe() {
        return KeysetJson.describe(this);
    }

    /** What may be shown of the keys, in the file's order. */
    public List<KeyInfo> keyInfos() {
        return keys.stream().map(KeysetKey::info).toList();
    }

    /** What may be shown of how the keys are protected. */
    public ObjectValue wrap() {
        return wrap;
    }

    public List<KeysetKey> keys() {
        return keys;
    }

    /** The key of a role that is written with. */
    public KeysetKey primary(KeyRole role) {
        return keys.stream()
                .filter(key -> key.role() == role && key.status() == KeyStatus.PRIMARY)
                .findFirst()
                .orElseThrow(() ->
                        new StartupException("keyset \"" + name + "\" has no primary key of kind " + role.label()));
    }

    /** A key that is not destroyed. */
    public Optional<KeysetKey> usable(KeyRole role, String id) {
        return keys.stream()
                .filter(key -> key.role() == role && key.id().equals(id) && key.isUsable())
                .findFirst();
    }

    /** The index key with those below it, the root first; empty when one of them is missing or destroyed. */
    public Optional<List<KeysetKey>> indexChain(String id) {
        List<KeysetKey> chain = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        Optional<String> next = Optional.of(id);
        while (next.isPresent()) {
            Optional<KeysetKey> key = usable(KeyRole.INDEX, next.get());
            if (key.isEmpty() || !seen.add(next.get())) {
                return Optional.empty();
            }
            chain.add(0, key.get());
            next = key.get().over();
        }
        return Optional.of(chain);
    }

    /** Overwrites the keys, unless another user of this process still has them open. */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            closing.run();
        }
    }

    @Override
    public String toString() {
        return "Keyset[" + name + ", version " + version + ", " + keys.size() + " keys]";
    }
}
