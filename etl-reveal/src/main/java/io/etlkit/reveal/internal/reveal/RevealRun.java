package io.etlkit.reveal.internal.reveal;

import io.etlkit.transform.mask.token.RevealException;
import io.etlkit.transform.mask.token.Revealed;
import io.etlkit.transform.mask.token.Revealer;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/**
 * Reveals the tokens of rows, twice: first to learn which can be, for the audit log, and keeps no value; then one row's value
 * at a time, for whoever prints it. So what the log names is known before the first value is out, and values are not gathered.
 * Used by one thread.
 */
final class RevealRun {
    private final Revealer revealer;
    private final String domain;
    private final TokenRows source;
    private final List<List<Optional<String>>> rows;
    private final BitSet readable = new BitSet();
    private final List<String> fingerprints = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private int asked;

    /** Tries all of the rows; the keyset behind the revealer has to stay open. */
    RevealRun(Revealer revealer, String domain, TokenRows source, List<List<Optional<String>>> rows) {
        this.revealer = revealer;
        this.domain = domain;
        this.source = source;
        this.rows = rows;
        for (int i = 0; i < rows.size(); i++) {
            attempt(i);
        }
    }

    private void attempt(int row) {
        Optional<String> token = token(row);
        if (token.isEmpty()) {
            return;
        }
        asked++;
        String name = source.rowName(row + 1);
        try {
            Revealed revealed = revealer.reveal(token.get(), domain);
            readable.set(row);
            fingerprints.add(revealed.fingerprint());
            if (source.header().isEmpty()
                    && !RevealedOutput.oneLine(revealed.value()).equals(revealed.value())) {
                notes.add(name + ": the value has line ends, which are printed as \\n and \\r");
            }
        } catch (RevealException failed) {
            notes.add(name + ": " + failed.code() + ": " + failed.getMessage());
        }
    }

    private Optional<String> token(int row) {
        return rows.get(row).get(source.tokenColumn());
    }

    /** How many tokens there are. */
    int asked() {
        return asked;
    }

    /** Of the tokens that can be revealed. */
    List<String> fingerprints() {
        return fingerprints;
    }

    /** What is to be said of rows. */
    List<String> notes() {
        return notes;
    }

    /** The value of a row's token; an empty text where there is none, or it can not be revealed. */
    String value(int row) {
        if (!readable.get(row)) {
            return "";
        }
        try {
            return revealer.reveal(token(row).orElse(""), domain).value();
        } catch (RevealException changed) {
            throw new IllegalStateException("a token that was revealed once can not be any more", changed);
        }
    }
}
