package io.etlkit.engine.internal.replay;

import io.etlkit.api.DeadLetterStore;
import io.etlkit.api.StoredDeadLetter;
import io.etlkit.engine.ReplaySelection;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Goes through a store once, oldest message first, a page at a time. The messages of one moment come together, so that who
 * knows more about their order can put them in it. Used by its lane's thread.
 */
final class DeadLetterScan {
    private static final int PAGE = 500;

    private final DeadLetterStore store;
    private final ReplaySelection selection;
    private final ReplayNotes notes;
    private Optional<String> after = Optional.empty();
    private List<StoredDeadLetter> heldBack = List.of();
    private boolean over;

    DeadLetterScan(DeadLetterStore store, ReplaySelection selection, ReplayNotes notes) {
        this.store = store;
        this.selection = selection;
        this.notes = notes;
    }

    /** Whether all have been read. */
    boolean isOver() {
        return over;
    }

    /** The next letters that are asked for; may be none although there are more. */
    List<StoredDeadLetter> next() throws InterruptedException {
        return selection.messageIds().isEmpty() ? nextOfAll() : nextOfAsked();
    }

    private List<StoredDeadLetter> nextOfAsked() throws InterruptedException {
        List<StoredDeadLetter> found = store.find(selection.messageIds());
        found.forEach(stored -> notes.found(stored.letter().key().id()));
        over = true;
        return found.stream().filter(this::isAskedFor).toList();
    }

    private List<StoredDeadLetter> nextOfAll() throws InterruptedException {
        DeadLetterStore.Page page = store.list(after, PAGE);
        List<StoredDeadLetter> letters = new ArrayList<>(heldBack);
        page.letters().stream().filter(this::isAskedFor).forEach(letters::add);
        after = page.next();
        over = after.isEmpty();
        int cut = over ? letters.size() : startOfLastMoment(letters);
        heldBack = List.copyOf(letters.subList(cut, letters.size()));
        return letters.subList(0, cut);
    }

    private boolean isAskedFor(StoredDeadLetter stored) {
        return selection.reason().isEmpty()
                || selection.reason().get().equals(stored.letter().rejection().reason());
    }

    /** Where a source says the same moment of all its messages nothing is held back, for it would be all of them. */
    private static int startOfLastMoment(List<StoredDeadLetter> letters) {
        int start = letters.size();
        while (start > 0 && since(letters, start - 1).equals(since(letters, letters.size() - 1))) {
            start--;
        }
        return start == 0 ? letters.size() : start;
    }

    private static Instant since(List<StoredDeadLetter> letters, int index) {
        return letters.get(index).letter().key().since();
    }
}
