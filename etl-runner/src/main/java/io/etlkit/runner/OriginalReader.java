package io.etlkit.runner;

import io.etlkit.api.DeadLetter;
import io.etlkit.api.StoredDeadLetter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Shows the originals of dead letters to a person, which takes the keys and leaves a trace; found by
 * {@link java.util.ServiceLoader}. {@code etl dead-letters show --original} asks it. Safe for any thread.
 *
 * <p>The command asks this and not an {@link io.etlkit.api.seal.OriginalCipher}, so that no original reaches a person before the
 * audit log has its line: only this hands originals out, and it writes the log first.
 */
public interface OriginalReader {
    /**
     * Begins. Reads the keyset.
     *
     * @throws IllegalArgumentException when it is asked for in a way that can not be; the message says what to do
     * @throws io.etlkit.api.StartupException when the keyset can not be used
     */
    Session open(Access access);

    /**
     * Who asks for what.
     *
     * @param pipeline the pipeline whose letters are read
     * @param keyset the keyset that their originals are sealed with, as the pipeline file names it
     * @param baseDirectory the folder that a relative path of the keyset is taken from
     * @param reason why, as the person says
     * @param audit the audit log; empty: beside the keyset
     */
    record Access(String pipeline, Optional<String> keyset, Path baseDirectory, String reason, Optional<Path> audit) {}

    /** Originals being read. Used by one thread. */
    interface Session extends AutoCloseable {
        /**
         * Opens some originals. When it returns, the audit log tells of it, durably.
         *
         * @return for each letter, in the same order, what came of it
         * @throws io.etlkit.api.StartupException when the audit log can not be written; then nothing was opened
         */
        List<Opened> read(List<StoredDeadLetter> letters);

        /** Wipes the keys. */
        @Override
        void close();
    }

    /**
     * What came of one letter.
     *
     * @param original the original; empty: it could not be opened
     * @param problem why not; empty when it was
     */
    record Opened(Optional<DeadLetter.Clear> original, String problem) {}
}
