package io.etlkit.engine.internal.lane;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * Closes the plugins of a lane, each once, from whichever thread comes first: the lane's own in the end, or another one to
 * end a hung call. Safe for any thread.
 */
final class PluginCloser {
    private final Deque<Entry> open = new ArrayDeque<>();
    private final BiConsumer<String, RuntimeException> onFailure;

    /** Closes, and tells of those that failed to. */
    PluginCloser(BiConsumer<String, RuntimeException> onFailure) {
        this.onFailure = onFailure;
    }

    /** What a plugin is to its lane. */
    enum Role {
        SOURCE,
        SINK,
        DEAD_LETTERS,
        TRANSFORM,
        SEALER
    }

    private record Entry(Role role, String label, AutoCloseable plugin) {}

    /** Takes a plugin in; returns it. */
    synchronized <T extends AutoCloseable> T add(Role role, String label, T plugin) {
        open.push(new Entry(role, label, plugin));
        return plugin;
    }

    /** Closes those of one role, if nobody did yet. */
    void close(Role role) {
        for (Optional<Entry> entry = take(role); entry.isPresent(); entry = take(role)) {
            close(entry.get());
        }
    }

    /** Closes all that are open, the last made first. */
    void closeAll() {
        for (Role role : Role.values()) {
            close(role);
        }
    }

    private synchronized Optional<Entry> take(Role role) {
        for (Iterator<Entry> entries = open.iterator(); entries.hasNext(); ) {
            Entry entry = entries.next();
            if (entry.role() == role) {
                entries.remove();
                return Optional.of(entry);
            }
        }
        return Optional.empty();
    }

    private void close(Entry entry) {
        try {
            entry.plugin().close();
        } catch (RuntimeException failure) {
            onFailure.accept(entry.label(), failure);
        } catch (Exception checked) {
            // None of the plugin types declares one.
            onFailure.accept(
                    entry.label(), new IllegalStateException(checked.getClass().getName()));
        }
    }
}
