package io.etlkit.reveal.internal.remask;

import java.util.List;

/**
 * A row whose token is to be rewritten.
 *
 * @param key what tells it from others, as text
 * @param token the token that stands in it
 */
record OldRow(List<String> key, OldToken token) {}
