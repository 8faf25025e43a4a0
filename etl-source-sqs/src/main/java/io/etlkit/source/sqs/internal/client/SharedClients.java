package io.etlkit.source.sqs.internal.client;

import io.etlkit.source.sqs.internal.client.ConnectionSettings.Credentials;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The clients of this process: one pair for each endpoint, HTTP client and credentials. All lanes and pipelines with the same
 * settings share a pair; it is closed with its last user. Safe for any thread.
 */
final class SharedClients {
    private static final Map<Key, SharedClients> OPEN = new HashMap<>();

    private final Key key;
    private final ClientPair pair;
    private int users;

    private SharedClients(Key key) {
        this.key = key;
        this.pair = new ClientPair(key.endpoint(), key.crt(), key.credentials());
    }

    private record Key(Endpoint endpoint, boolean crt, Optional<Credentials> credentials) {}

    /** Opens the pair, or joins its users; each call needs one of {@link #release}. */
    static SharedClients acquire(ConnectionSettings settings, Endpoint endpoint) {
        Key key = new Key(endpoint, settings.crt(), settings.credentials());
        synchronized (OPEN) {
            SharedClients shared = OPEN.computeIfAbsent(key, SharedClients::new);
            shared.users++;
            return shared;
        }
    }

    ClientPair pair() {
        return pair;
    }

    /** Ends one use; the last one closes the pair. */
    void release() {
        synchronized (OPEN) {
            users--;
            if (users > 0) {
                return;
            }
            OPEN.remove(key);
        }
        pair.close();
    }

    /** How many pairs are open. */
    static int open() {
        synchronized (OPEN) {
            return OPEN.size();
        }
    }
}
