package io.etlkit.transform.mask;

import io.etlkit.api.value.Value;
import java.util.Map;

/**
 * The original of a dead letter.
 *
 * @param body the raw body
 * @param headers the headers, as JSON has them: a timestamp is text
 */
public record Unsealed(String body, Map<String, Value> headers) {
    /** Without content. */
    @Override
    public String toString() {
        return "Unsealed[" + body.length() + " chars, " + headers.size() + " headers]";
    }
}
