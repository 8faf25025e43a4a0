package io.etlkit.transform.mask;

import io.etlkit.api.StartupException;
import io.etlkit.api.value.ObjectValue;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

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

    Keyset(String name, int version, List<KeysetKey> keys) {
        this.name = name;
        this.version = version;
        this.keys = List.copyOf(keys);
    }

    /**
     * Loads a keyset and checks it: its MAC, and each key against its id. Reads a file, and blocks on nothing else.
     *
     * @param location the path of a file, {@code file:PATH}, or {@code env:NAME} for the JSON in an environment variable
     * @param baseDirectory the folder that a relative path is taken from
     * @throws StartupException when there is none, it is not intact, or others may touch the file
     */
    public static Keyset load(String location, Path baseDirectory) {
        return KeysetLoader.ofProcess().load(location, baseDirectory);
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

    List<KeysetKey> keys() {
        return keys;
    }

    /** The key of a role that is written with. */
    KeysetKey primary(KeyRole role) {
        return keys.stream()
                .filter(key -> key.role() == role && key.status() == KeyStatus.PRIMARY)
                .findFirst()
                .orElseThrow(() ->
                        new StartupException("keyset \"" + name + "\" has no primary key of kind " + role.label()));
    }

    /** A key that is not destroyed. */
    Optional<KeysetKey> usable(KeyRole role, String id) {
        return keys.stream()
                .filter(key -> key.role() == role && key.id().equals(id) && key.isUsable())
                .findFirst();
    }

    /** The index key with those below it, the root first; empty when one of them is missing or destroyed. */
    Optional<List<KeysetKey>> indexChain(String id) {
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

    /** Overwrites the keys. */
    @Override
    public void close() {
        keys.forEach(KeysetKey::wipe);
    }

    @Override
    public String toString() {
        return "Keyset[" + name + ", version " + version + ", " + keys.size() + " keys]";
    }
}
