/**
 * Bytes and text: base64url, WTF-8, byte arrays that grow.
 * Sees no other room.
 */
@NullMarked
package io.etlkit.transform.mask.internal.encoding;

import org.jspecify.annotations.NullMarked;
