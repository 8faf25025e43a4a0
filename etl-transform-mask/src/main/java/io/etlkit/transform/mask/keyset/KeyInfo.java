package io.etlkit.transform.mask.keyset;

import java.util.Optional;

/**
 * What may be shown of a key.
 *
 * @param role what it is for
 * @param id six characters, made of the key
 * @param over the index key that it is laid over
 * @param status where it is in its life
 */
public record KeyInfo(KeyRole role, String id, Optional<String> over, KeyStatus status) {}
