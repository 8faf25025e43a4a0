package io.etlkit.reveal.internal.reveal;

import java.util.List;
import java.util.Optional;

/** Finds the column that holds the tokens. */
final class Columns {
    private Columns() {}

    /** The column's place. Without a name there must be one column only. */
    static int find(List<String> header, Optional<String> name) {
        if (name.isEmpty() && header.size() == 1) {
            return 0;
        }
        String wanted = name.orElseThrow(() -> new IllegalArgumentException(
                "which column holds the tokens? --column NAME; there is " + String.join(", ", header)));
        int first = header.indexOf(wanted);
        if (first < 0) {
            throw new IllegalArgumentException(
                    "there is no column \"" + wanted + "\"; there is " + String.join(", ", header));
        }
        if (header.lastIndexOf(wanted) != first) {
            throw new IllegalArgumentException("two columns are called \"" + wanted + "\"; name them apart");
        }
        return first;
    }
}
