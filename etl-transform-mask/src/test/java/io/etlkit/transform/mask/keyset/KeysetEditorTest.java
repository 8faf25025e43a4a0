package io.etlkit.transform.mask.keyset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.etlkit.api.StartupException;
import io.etlkit.transform.mask.internal.keyset.KeyGenerator;
import io.etlkit.transform.mask.internal.keyset.KeyIds;
import io.etlkit.transform.mask.internal.keyset.KeysetContents;
import io.etlkit.transform.mask.internal.keyset.KeysetKey;
import io.etlkit.transform.mask.internal.keyset.KeysetReader;
import io.etlkit.transform.mask.internal.keyset.KeysetWraps;
import io.etlkit.transform.mask.keyset.KeysetFixtures.FlippingService;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeysetEditorTest {
    @TempDir
    Path folder;

    private Path file = Path.of("");

    @BeforeEach
    void makeKeyset() throws IOException {
        file = folder.resolve("pii.json");
        try (NewKeyset fresh = Keyset.create("pii")) {
            fresh.writePlaintext(file);
        }
    }

    @Test
    void anEncryptionKeyIsReadWithUntilItIsPromoted() throws Exception {
        String first = only(KeyRole.ENC, KeyStatus.PRIMARY);
        String second = edit(editor -> editor.add(KeyRole.ENC)).id();
        assertThat(statusOf(second)).isEqualTo(KeyStatus.DECRYPT);
        edit(editor -> editor.promote(second));
        assertThat(statusOf(second)).isEqualTo(KeyStatus.PRIMARY);
        assertThat(statusOf(first)).isEqualTo(KeyStatus.DECRYPT);
        edit(editor -> editor.destroy(first, false));
        assertThat(statusOf(first)).isEqualTo(KeyStatus.DESTROYED);
        try (Keyset keyset = load()) {
            assertThat(keyset.version()).isEqualTo(4);
            assertThat(keyset.usable(KeyRole.ENC, first)).isEmpty();
        }
        assertThat(Files.readString(file)).contains("{\"id\":\"" + first + "\",\"status\":\"destroyed\"}");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactlyInAnyOrder(file, folder.resolve(".pii.json.lock"));
        }
    }

    @Test
    void aGenerationGoesFromPendingToDestroyed() throws Exception {
        String first = only(KeyRole.INDEX, KeyStatus.PRIMARY);
        KeyInfo second = edit(editor -> editor.addGeneration(Optional.of(first)));
        assertThat(second).isEqualTo(new KeyInfo(KeyRole.INDEX, second.id(), Optional.of(first), KeyStatus.PENDING));
        edit(editor -> editor.promote(second.id()));
        assertThat(statusOf(first)).isEqualTo(KeyStatus.ACTIVE);
        edit(editor -> editor.retire(first));
        assertThat(statusOf(first)).isEqualTo(KeyStatus.RETIRED);
        assertRefused(
                editor -> editor.destroy(first, true),
                "key " + second.id() + " (primary) is laid over key " + first
                        + " and needs it; as long as that one is used, this one has to stay");

        KeyInfo root = edit(editor -> editor.addGeneration(Optional.empty()));
        edit(editor -> editor.promote(root.id()));
        assertRefused(
                editor -> editor.destroy(second.id(), false),
                "key " + second.id() + " is active: rows carry its tokens, and would never again be matched by value or"
                        + " revealed; rewrite them and retire the key, or give them up with --force");
        edit(editor -> editor.destroy(second.id(), true));
        edit(editor -> editor.destroy(first, false));
        assertRefused(
                editor -> editor.addGeneration(Optional.of(second.id())),
                "key " + second.id() + ", or one that it is laid over, is destroyed; no key can be laid over it");
        try (Keyset keyset = load()) {
            assertThat(keyset.keyInfos())
                    .filteredOn(key -> key.role() == KeyRole.INDEX)
                    .extracting(KeyInfo::status)
                    .containsExactly(KeyStatus.DESTROYED, KeyStatus.DESTROYED, KeyStatus.PRIMARY);
        }
    }

    @Test
    void refusesWhatWouldBreakTheKeyset() {
        String enc = only(KeyRole.ENC, KeyStatus.PRIMARY);
        String index = only(KeyRole.INDEX, KeyStatus.PRIMARY);
        assertRefused(editor -> editor.promote(enc), "key " + enc + " is primary already");
        assertRefused(
                editor -> editor.destroy(enc, true),
                "key " + enc + " is primary: what is masked now needs it; promote another key of kind enc first");
        assertRefused(
                editor -> editor.retire(index),
                "key " + index + " is primary; only an active index key is retired, once no row carries its tokens");
        assertRefused(
                editor -> editor.addGeneration(Optional.of(enc)),
                "key " + enc + " is no index key, and only those can be laid over");
        assertRefused(
                editor -> editor.promote("AAAAAA"), "it has no key AAAAAA; etl keys list shows those that it has");
    }

    @Test
    void destroyedAndRetiredKeysAreNotPromoted() throws Exception {
        String first = only(KeyRole.INDEX, KeyStatus.PRIMARY);
        String second = edit(editor -> editor.addGeneration(Optional.of(first))).id();
        edit(editor -> editor.promote(second));
        edit(editor -> editor.promote(first));
        assertThat(statusOf(second)).isEqualTo(KeyStatus.ACTIVE);
        edit(editor -> editor.promote(second));
        edit(editor -> editor.retire(first));
        assertRefused(
                editor -> editor.promote(first),
                "key " + first + " is retired: its tokens were rewritten; add a key and promote that one");
        String seal = edit(editor -> editor.add(KeyRole.SEAL)).id();
        edit(editor -> editor.destroy(seal, false));
        assertRefused(editor -> editor.promote(seal), "key " + seal + " is destroyed; add a key and promote that one");
        assertRefused(editor -> editor.destroy(seal, false), "key " + seal + " is destroyed already");
    }

    @Test
    void wrappingAnewKeepsTheKeysAndTheNextChangeKeepsTheWrap() throws Exception {
        KeysetWraps flip = KeysetFixtures.wraps(new FlippingService());
        List<KeyInfo> before;
        try (KeysetEditor editor = KeysetEditor.open(file, flip, new KeyGenerator(new SecureRandom()))) {
            before = editor.keyset().keyInfos();
            editor.wrap(new WrapChoice("flip", Map.of("key", "k")), KeysetFixtures.passphrase("unused"));
            editor.save();
        }
        try (KeysetEditor editor = KeysetEditor.open(file, flip, new KeyGenerator(new SecureRandom()))) {
            assertThat(editor.keyset().keyInfos()).isEqualTo(before);
            editor.add(KeyRole.ENC);
            editor.save();
        }
        try (KeysetContents opened = KeysetReader.read(Files.readString(file), "k", flip)) {
            assertThat(opened.keyset().keyInfos()).containsAll(before).hasSize(before.size() + 1);
        }
        assertThatThrownBy(() -> KeysetFixtures.edit(file))
                .hasMessageContaining("the wrap is of no type that is installed");
    }

    @Test
    void whoComesSecondWritesNothing() throws Exception {
        try (KeysetEditor slow = KeysetFixtures.edit(file)) {
            slow.add(KeyRole.ENC);
            edit(editor -> editor.add(KeyRole.SEAL));
            String after = Files.readString(file);
            assertThatThrownBy(slow::save)
                    .isInstanceOf(KeysetConflictException.class)
                    .hasMessage("keyset " + file + ": somebody else changed it meanwhile (version 1 was read, version 2"
                            + " is there now); nothing was written; look at it with etl keys list, and run this again");
            assertThat(Files.readString(file)).isEqualTo(after);
        }
    }

    @Test
    void nothingIsWrittenWhileAnotherProcessHoldsTheLock() throws Exception {
        String before = Files.readString(file);
        try (FileChannel other = FileChannel.open(
                        folder.resolve(".pii.json.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                var lock = other.lock();
                KeysetEditor editor = KeysetFixtures.edit(file)) {
            assertThat(lock.isValid()).isTrue();
            editor.add(KeyRole.ENC);
            assertThatThrownBy(editor::save)
                    .isInstanceOf(KeysetConflictException.class)
                    .hasMessageContaining("somebody else is writing it right now");
        }
        assertThat(Files.readString(file)).isEqualTo(before);
    }

    @Test
    void ofManyWritersEachChangesTheFileOrSaysThatItDidNot() throws Exception {
        int writers = 8;
        CyclicBarrier start = new CyclicBarrier(writers);
        ExecutorService threads = Executors.newFixedThreadPool(writers);
        try {
            Callable<Boolean> writer = () -> {
                try (KeysetEditor editor = KeysetFixtures.edit(file)) {
                    editor.add(KeyRole.ENC);
                    start.await();
                    editor.save();
                    return true;
                } catch (KeysetConflictException second) {
                    return false;
                }
            };
            int written = 0;
            for (Future<Boolean> each : threads.invokeAll(Collections.nCopies(writers, writer))) {
                written += each.get() ? 1 : 0;
            }
            assertThat(written).isEqualTo(1);
            try (Keyset keyset = load()) {
                assertThat(keyset.size()).isEqualTo(4);
                assertThat(keyset.version()).isEqualTo(2);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void idsThatAreTakenOrReadAsOptionsAreMadeAnew() {
        byte[] taken = material(bytes -> KeyIds.isId(idOf(bytes)));
        byte[] dashed = material(bytes -> idOf(bytes).startsWith("-"));
        byte[] good = material(bytes -> KeyIds.isId(idOf(bytes)) && !idOf(bytes).equals(idOf(taken)));
        KeysetKey other = new KeysetKey(KeyRole.SEAL, idOf(taken), Optional.empty(), KeyStatus.DESTROYED, new byte[0]);
        KeysetKey made = new KeyGenerator(new Scripted(taken, dashed, good))
                .key(KeyRole.ENC, Optional.empty(), KeyStatus.PRIMARY, List.of(other));
        assertThat(made.material()).isEqualTo(good);
        assertThat(made.id()).isEqualTo(idOf(good));
    }

    private static byte[] material(Predicate<byte[]> wanted) {
        for (int i = 0; ; i++) {
            byte[] bytes = new byte[32];
            bytes[0] = (byte) i;
            bytes[1] = (byte) (i >> 8);
            if (wanted.test(bytes)) {
                return bytes;
            }
        }
    }

    private static String idOf(byte[] material) {
        return KeyIds.of(KeyRole.ENC, Optional.empty(), material);
    }

    private String only(KeyRole role, KeyStatus status) {
        try (Keyset keyset = load()) {
            return keyset.keyInfos().stream()
                    .filter(key -> key.role() == role && key.status() == status)
                    .map(KeyInfo::id)
                    .findFirst()
                    .orElseThrow();
        }
    }

    private KeyStatus statusOf(String id) {
        try (Keyset keyset = load()) {
            return keyset.keyInfos().stream()
                    .filter(key -> key.id().equals(id))
                    .map(KeyInfo::status)
                    .findFirst()
                    .orElseThrow();
        }
    }

    private Keyset load() {
        return Keyset.load(file.toString(), folder);
    }

    private KeyInfo edit(Function<KeysetEditor, KeyInfo> change) throws IOException {
        try (KeysetEditor editor = KeysetFixtures.edit(file)) {
            KeyInfo changed = change.apply(editor);
            editor.save();
            return changed;
        }
    }

    private void assertRefused(Function<KeysetEditor, KeyInfo> change, String why) {
        try (KeysetEditor editor = KeysetFixtures.edit(file)) {
            List<KeyInfo> before = editor.keyset().keyInfos();
            assertThatThrownBy(() -> change.apply(editor))
                    .isInstanceOf(StartupException.class)
                    .hasMessage("keyset " + file + ": " + why);
            assertThat(editor.keyset().keyInfos()).isEqualTo(before);
        }
    }

    /** Gives out bytes that were chosen beforehand. */
    private static final class Scripted extends SecureRandom {
        private static final long serialVersionUID = 1L;

        private final transient Deque<byte[]> script;

        Scripted(byte[]... script) {
            this.script = new ArrayDeque<>(List.of(script));
        }

        @Override
        public void nextBytes(byte[] bytes) {
            System.arraycopy(script.pop(), 0, bytes, 0, bytes.length);
        }
    }
}
