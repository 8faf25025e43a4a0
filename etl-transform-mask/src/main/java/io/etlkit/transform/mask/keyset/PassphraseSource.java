package io.etlkit.transform.mask.keyset;

import io.etlkit.api.StartupException;
import io.etlkit.transform.mask.internal.keyset.EnvironmentPassphrase;
import java.util.Map;

/**
 * Where the passphrase of a keyset comes from; asked only when a keyset is wrapped with one. Used by one thread; may block on
 * a file or on somebody who types.
 */
@FunctionalInterface
public interface PassphraseSource {
    /**
     * The passphrase, in an array of its own that the caller overwrites.
     *
     * @param keyset what messages call the keyset: its file
     * @throws StartupException when there is none, with what to do
     */
    char[] passphraseOf(String keyset);

    /**
     * {@code ETL_KEYSET_PASSPHRASE_FILE}, a file whose first line is the passphrase, or {@code ETL_KEYSET_PASSPHRASE}, the
     * passphrase itself; where pipelines take it from.
     *
     * @param environment the variables, as {@link System#getenv()} gives them
     */
    static PassphraseSource ofEnvironment(Map<String, String> environment) {
        return new EnvironmentPassphrase(environment);
    }
}
