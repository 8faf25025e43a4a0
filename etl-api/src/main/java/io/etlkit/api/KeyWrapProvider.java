package io.etlkit.api;

import java.util.Map;

/**
 * Wraps the one key that a keyset's keys are encrypted with, under a key that stays in a key management service. Found by
 * {@link java.util.ServiceLoader} on the classpath.
 *
 * <p>Safe for any thread. Both calls block on the network; they are made when a keyset is opened or written, never for a
 * record. An implementation retries by itself what is worth it, within seconds.
 *
 * <p>Settings may come out of a keyset file before anything in it was authenticated. So they may name a key, never the server
 * that credentials are sent to: where the service is comes from the environment.
 */
public interface KeyWrapProvider {
    /** What a keyset file calls it in {@code wrap.type}: lower case letters, digits and dashes. */
    String type();

    /** The settings that it takes, each name with what it means. */
    Map<String, String> settings();

    /**
     * Encrypts a key, so that it can be decrypted for a keyset of the same name only.
     *
     * @param key 32 bytes, which are not kept
     * @param keyset the keyset's name
     * @param settings by their names, all of which {@link #settings()} has
     * @throws StartupException when a setting is missing or wrong, or the service refuses or can not be reached
     */
    WrappedKey wrap(byte[] key, String keyset, Map<String, String> settings);

    /**
     * Decrypts a key.
     *
     * @param wrapped what {@link #wrap} gave
     * @param keyset the keyset's name
     * @return the key, which the caller overwrites
     * @throws StartupException when the service refuses or can not be reached
     */
    byte[] unwrap(WrappedKey wrapped, String keyset);
}
