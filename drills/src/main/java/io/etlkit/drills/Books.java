package io.etlkit.drills;

import static org.assertj.core.api.Assertions.assertThat;

import io.etlkit.stub.sqs.QueueBooks;
import io.etlkit.testkit.TestDatabase;
import java.util.ArrayList;
import java.util.List;

/** What must hold after any fault: each message is one row or one dead letter, and no personal value is in the clear. */
final class Books {
    private Books() {}

    /**
     * Fails unless all of {@code sent} is settled: the queue is empty, each good message is one row and in the ledger, each
     * bad one a dead letter, and no table and none of {@code printed} holds a personal value.
     */
    static void assertBalanced(Site site, Logins sent, String... printed) {
        QueueBooks queue = site.queue();
        assertThat(queue.sent()).isEqualTo(sent.messages().size());
        assertThat(queue.deleted()).as("deleted from the queue").isEqualTo(queue.sent());
        assertThat(site.database().column("SELECT user_id FROM user_logins"))
                .as("a row for each good message")
                .containsExactlyInAnyOrderElementsOf(sent.good());
        assertThat(site.deadLetters()).as("dead letters").isEqualTo(sent.bad());
        assertThat(site.ledger()).as("ledger").isEqualTo(sent.good().size());
        assertNothingInTheClear(site.database(), printed);
    }

    /** Fails unless every message is a row, a dead letter or still in the queue; for use during a drill. */
    static void assertNothingLost(Site site) {
        // Read the queue first: a message that becomes a row after that would otherwise be counted in neither.
        long queued = site.queued();
        assertThat(queued + site.rows() + site.deadLetters())
                .as("rows, dead letters and what is in the queue")
                .isGreaterThanOrEqualTo(site.queue().sent());
    }

    /** Searches every table and what was printed for personal values. */
    static void assertNothingInTheClear(TestDatabase database, String... printed) {
        List<String> written = new ArrayList<>(List.of(printed));
        for (String table : database.column(
                "SELECT quote_ident(table_name) FROM information_schema.tables WHERE table_schema = 'public'")) {
            written.addAll(database.column("SELECT row_to_json(t)::text FROM " + table + " t"));
        }
        String everything = String.join("\n", written);
        for (String personal : Logins.PERSONAL) {
            assertThat(everything.contains(personal))
                    .as("a personal value is in the clear")
                    .isFalse();
        }
    }
}
