package io.etlkit.reveal;

import static org.assertj.core.api.Assertions.assertThat;

import io.etlkit.testkit.Eventually;
import io.etlkit.testkit.PostgresExtension;
import io.etlkit.testkit.TestDatabase;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(PostgresExtension.class)
class RemaskWhileFillingTest {
    private static final List<String> PEOPLE = MaskedTable.people(300);
    private static final int ROUND = 15;

    @TempDir
    Path folder;

    @Test
    void bothKeysAreRotatedTwiceWhileTheTableIsFilledAndPeopleStayCountable(TestDatabase database) throws Exception {
        MaskedTable table = new MaskedTable(folder, database, MaskedTable.WITH_KEY);
        table.insert("aes-gcm", PEOPLE);
        assertThat(table.distinct()).isEqualTo(PEOPLE.size());
        Writer writer = new Writer(table);
        CompletableFuture<Void> writing = CompletableFuture.runAsync(writer);
        try {
            for (int rotation = 1; rotation <= 2; rotation++) {
                table.rotate("enc");
                writer.awaitNewKeys();
                assertThat(table.distinct()).isEqualTo(PEOPLE.size());
                remask(table);

                table.rotate("index");
                writer.awaitNewKeys();
                assertThat(table.distinct()).isBetween((long) PEOPLE.size() + 1, 2L * PEOPLE.size());
                remask(table);
                assertThat(table.distinct()).isEqualTo(PEOPLE.size());
            }
        } finally {
            writer.stop();
            writing.get(1, TimeUnit.MINUTES);
        }
        List<String> revealed = table.revealed();
        assertThat(revealed).hasSize(PEOPLE.size() + writer.rows());
        assertThat(new TreeSet<>(revealed)).isEqualTo(new TreeSet<>(PEOPLE));
        assertThat(table.distinct()).isEqualTo(PEOPLE.size());
        assertThat(table.tokens())
                .allMatch(token -> token.startsWith("mk1." + table.primary("index") + ".")
                        && token.startsWith(table.primary("enc"), 35));
    }

    private static void remask(MaskedTable table) {
        Invocation remasked = table.remask("--batch", "50");
        assertThat(remasked.exitCode()).as(remasked.err() + remasked.out()).isZero();
    }

    /** Fills the table as a pipeline does that is restarted, with the keyset as it then is, every few rows. */
    private static final class Writer implements Runnable {
        private final MaskedTable table;
        private final AtomicBoolean stopped = new AtomicBoolean();
        private final AtomicInteger rounds = new AtomicInteger();

        Writer(MaskedTable table) {
            this.table = table;
        }

        @Override
        public void run() {
            while (!stopped.get()) {
                int from = rounds.get() * ROUND % PEOPLE.size();
                table.insert("aes-gcm", PEOPLE.subList(from, from + ROUND));
                rounds.incrementAndGet();
            }
        }

        /** The round that is under way may have begun with the old keys; the one after it has not. */
        void awaitNewKeys() {
            int seen = rounds.get();
            Eventually.holds("the writer was restarted", () -> rounds.get() >= seen + 2);
        }

        int rows() {
            return rounds.get() * ROUND;
        }

        void stop() {
            stopped.set(true);
        }
    }
}
