package io.etlkit.transform.mask.internal.keyset;

import io.etlkit.transform.mask.keyset.Keyset;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * The keysets that are open, so that each is unwrapped once however many steps and lanes use it. A keyset is found by the
 * text of its file: a file that has changed is read anew. The keys are wiped when the last user closes. Safe for any thread.
 */
final class OpenKeysets {
    /** Those that pipelines of this process have opened. */
    static final OpenKeysets OF_PROCESS = new OpenKeysets();

    private final Map<Id, Shared> open = new ConcurrentHashMap<>();

    private record Id(String origin, String digest) {}

    private record Shared(Keyset keyset, int users) {}

    /**
     * A keyset that its user closes.
     *
     * @param text what the keyset's file says
     * @param unwrap reads the keyset, when it is not open; what it throws is thrown here, and the next caller tries again
     */
    Keyset open(String origin, String text, Supplier<Keyset> unwrap) {
        Id id = new Id(origin, digest(text));
        Shared shared = open.compute(
                id,
                (same, before) ->
                        before == null ? new Shared(unwrap.get(), 1) : new Shared(before.keyset(), before.users() + 1));
        Keyset keyset = shared.keyset();
        return new Keyset(keyset.name(), keyset.version(), keyset.keys(), keyset.wrap(), () -> release(id));
    }

    private void release(Id id) {
        open.computeIfPresent(id, (same, shared) -> {
            if (shared.users() > 1) {
                return new Shared(shared.keyset(), shared.users() - 1);
            }
            shared.keyset().close();
            return null;
        });
    }

    private static String digest(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JVM has SHA-256", impossible);
        }
    }
}
