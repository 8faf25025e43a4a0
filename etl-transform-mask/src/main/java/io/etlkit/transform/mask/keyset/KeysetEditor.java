package io.etlkit.transform.mask.keyset;

import io.etlkit.api.StartupException;
import io.etlkit.transform.mask.internal.keyset.KeyGenerator;
import io.etlkit.transform.mask.internal.keyset.KeysetContents;
import io.etlkit.transform.mask.internal.keyset.KeysetFile;
import io.etlkit.transform.mask.internal.keyset.KeysetJson;
import io.etlkit.transform.mask.internal.keyset.KeysetKey;
import io.etlkit.transform.mask.internal.keyset.KeysetLoader;
import io.etlkit.transform.mask.internal.keyset.KeysetReader;
import io.etlkit.transform.mask.internal.keyset.KeysetWraps;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Changes the keys of a keyset file: add, promote, retire, destroy, wrap anew. Used by one thread.
 *
 * <p>Changes are made in memory; {@link #save()} writes them, whole or not at all, and only when nobody else has changed the
 * file since it was opened. Every refusal is a {@link StartupException} that says why and what to do.
 */
public final class KeysetEditor implements AutoCloseable {
    private final Path file;
    private final String before;
    private final KeysetWraps wraps;
    private final KeyGenerator fresh;
    private KeysetContents contents;

    private KeysetEditor(Path file, String before, KeysetWraps wraps, KeyGenerator fresh) {
        this.file = file;
        this.before = before;
        this.wraps = wraps;
        this.fresh = fresh;
        this.contents = KeysetReader.read(before, file.toString(), wraps);
    }

    /**
     * Opens a keyset file; may block on a key management service, or on somebody who types.
     *
     * @throws StartupException when it can not be used
     */
    public static KeysetEditor open(Path file, PassphraseSource passphrases) {
        return open(file, KeysetWraps.installed(passphrases), new KeyGenerator(new SecureRandom()));
    }

    static KeysetEditor open(Path file, KeysetWraps wraps, KeyGenerator fresh) {
        String text = new KeysetLoader(System.getenv(), wraps, List.of()).readFile(file);
        return new KeysetEditor(file, text, wraps, fresh);
    }

    /** The keyset as it is to be written; closed with this. */
    public Keyset keyset() {
        return contents.keyset();
    }

    /** Adds an encryption or seal key, which is read with only until it is promoted. */
    public KeyInfo add(KeyRole role) {
        if (role == KeyRole.INDEX) {
            throw new IllegalArgumentException("an index key is a generation: addGeneration");
        }
        return add(role, Optional.empty(), KeyStatus.DECRYPT);
    }

    /**
     * Adds an index key, which is pending until it is promoted.
     *
     * @param over the generation that it is laid over; empty: a root of its own
     */
    public KeyInfo addGeneration(Optional<String> over) {
        over.ifPresent(id -> {
            KeysetKey below = find(id);
            if (below.role() != KeyRole.INDEX) {
                throw refused("key " + id + " is no index key, and only those can be laid over");
            }
            if (keyset().indexChain(id).isEmpty()) {
                throw refused("key " + id + ", or one that it is laid over, is destroyed; no key can be laid over it");
            }
        });
        return add(KeyRole.INDEX, over, KeyStatus.PENDING);
    }

    private KeyInfo add(KeyRole role, Optional<String> over, KeyStatus status) {
        KeysetKey added = fresh.key(role, over, status, keyset().keys());
        List<KeysetKey> keys = new ArrayList<>(keyset().keys());
        keys.add(added);
        change(keys);
        return added.info();
    }

    /** Makes a key the one that is written with; the one before is then read with only. */
    public KeyInfo promote(String id) {
        KeysetKey key = find(id);
        switch (key.status()) {
            case PRIMARY -> throw refused("key " + id + " is primary already");
            case DESTROYED -> throw refused("key " + id + " is destroyed; add a key and promote that one");
            case RETIRED ->
                throw refused("key " + id + " is retired: its tokens were rewritten; add a key and promote that one");
            case PENDING, ACTIVE, DECRYPT -> {
                if (key.role() == KeyRole.INDEX && keyset().indexChain(id).isEmpty()) {
                    throw refused(
                            "a key that key " + id + " is laid over is destroyed; nothing can be written with it");
                }
            }
        }
        KeyStatus former = key.role() == KeyRole.INDEX ? KeyStatus.ACTIVE : KeyStatus.DECRYPT;
        change(keyset().keys().stream()
                .map(each -> each.role() == key.role() && each.status() == KeyStatus.PRIMARY ? each.in(former) : each)
                .map(each -> is(id).test(each) ? each.in(KeyStatus.PRIMARY) : each)
                .toList());
        return find(id).info();
    }

    /** Notes that no row carries a token of this generation any more. */
    public KeyInfo retire(String id) {
        KeysetKey key = find(id);
        if (key.status() != KeyStatus.ACTIVE) {
            throw refused("key " + id + " is " + key.status().label()
                    + "; only an active index key is retired, once no row carries its tokens");
        }
        return set(id, KeyStatus.RETIRED);
    }

    /**
     * Destroys a key for good. Its id stays.
     *
     * @param givingUpRows whether an index key may be destroyed whose tokens are still in tables
     */
    public KeyInfo destroy(String id, boolean givingUpRows) {
        KeysetKey key = find(id);
        switch (key.status()) {
            case PRIMARY ->
                throw refused("key " + id + " is primary: what is masked now needs it; promote another key of kind "
                        + key.role().label() + " first");
            case DESTROYED -> throw refused("key " + id + " is destroyed already");
            case ACTIVE -> {
                if (!givingUpRows) {
                    throw refused("key " + id + " is active: rows carry its tokens, and would never again be matched by"
                            + " value or revealed; rewrite them and retire the key, or give them up with --force");
                }
            }
            case PENDING, RETIRED, DECRYPT -> {}
        }
        keyset().keys().stream()
                .filter(each -> each.isUsable() && each.over().equals(Optional.of(id)))
                .findFirst()
                .ifPresent(above -> {
                    throw refused("key " + above.id() + " (" + above.status().label() + ") is laid over key " + id
                            + " and needs it; as long as that one is used, this one has to stay");
                });
        return set(id, KeyStatus.DESTROYED);
    }

    private KeyInfo set(String id, KeyStatus status) {
        change(keyset().keys().stream()
                .map(each -> is(id).test(each) ? each.in(status) : each)
                .toList());
        return find(id).info();
    }

    /**
     * Wraps the keys in another way, under a new dek.
     *
     * @param passphrases asked when that is by a passphrase
     */
    public void wrap(WrapChoice choice, PassphraseSource passphrases) {
        byte[] dek = fresh.bytes();
        var wrap = wraps.asking(passphrases).wrap(choice, dek, keyset().name(), file.toString());
        contents.wipeDek();
        Keyset rewrapped = new Keyset(keyset().name(), keyset().version(), keyset().keys(), KeysetWraps.describe(wrap));
        contents = new KeysetContents(rewrapped, dek, wrap);
    }

    /**
     * Writes the changes as the next version.
     *
     * @throws KeysetConflictException when the file was changed meanwhile
     * @throws IOException when it can not be written
     */
    public void save() throws IOException {
        Keyset next =
                new Keyset(keyset().name(), Math.addExact(keyset().version(), 1), keyset().keys(), keyset().wrap());
        KeysetContents written = new KeysetContents(next, contents.dek(), contents.wrap());
        KeysetFile.replace(file, before, written.text());
        contents = written;
    }

    private void change(List<KeysetKey> keys) {
        Keyset changed = new Keyset(keyset().name(), keyset().version(), keys, keyset().wrap());
        contents = new KeysetContents(changed, contents.dek(), contents.wrap());
    }

    private KeysetKey find(String id) {
        List<KeysetKey> found = keyset().keys().stream().filter(is(id)).toList();
        if (found.isEmpty()) {
            throw refused("it has no key " + id + "; etl keys list shows those that it has");
        }
        if (found.size() > 1) {
            throw refused("two keys have the id " + id + "; that can happen once in four billion keysets, and this"
                    + " command can not tell them apart");
        }
        return found.get(0);
    }

    private static Predicate<KeysetKey> is(String id) {
        return key -> key.id().equals(id);
    }

    private StartupException refused(String why) {
        return KeysetJson.broken(file.toString(), why);
    }

    @Override
    public void close() {
        contents.close();
    }
}
