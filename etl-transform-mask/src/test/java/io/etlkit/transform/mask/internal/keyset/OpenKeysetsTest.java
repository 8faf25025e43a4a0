package io.etlkit.transform.mask.internal.keyset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.etlkit.api.StartupException;
import io.etlkit.transform.mask.Vectors;
import io.etlkit.transform.mask.keyset.KeyRole;
import io.etlkit.transform.mask.keyset.Keyset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class OpenKeysetsTest {
    private final OpenKeysets open = new OpenKeysets();
    private final AtomicInteger unwraps = new AtomicInteger();

    @Test
    void manyThreadsUnwrapOnceAndTheLastOneWipes() throws Exception {
        List<Callable<Keyset>> users = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            users.add(() -> open("pii.json", "text"));
        }
        ExecutorService threads = Executors.newFixedThreadPool(8);
        List<Keyset> keysets = new ArrayList<>();
        try {
            for (Future<Keyset> user : threads.invokeAll(users)) {
                keysets.add(user.get());
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(unwraps).hasValue(1);

        byte[] key = keysets.get(0).primary(KeyRole.INDEX).material();
        for (Keyset keyset : keysets.subList(1, keysets.size())) {
            keyset.close();
            keyset.close();
        }
        assertThat(key).isNotEqualTo(new byte[32]);
        keysets.get(0).close();
        assertThat(key).containsOnly(0);
    }

    @Test
    void whatWasClosedByAllIsUnwrappedAgain() {
        open("pii.json", "text").close();
        open("pii.json", "text").close();
        assertThat(unwraps).hasValue(2);
    }

    @Test
    void aFileThatHasChangedIsReadAnew() {
        try (Keyset before = open("pii.json", "text");
                Keyset after = open("pii.json", "another text")) {
            assertThat(unwraps).hasValue(2);
            assertThat(before.keys()).isNotSameAs(after.keys());
        }
    }

    @Test
    void aFailureIsNotKept() {
        assertThatThrownBy(() -> open.open("pii.json", "text", () -> {
                    throw new StartupException("refused");
                }))
                .isInstanceOf(StartupException.class);
        open("pii.json", "text").close();
        assertThat(unwraps).hasValue(1);
    }

    private Keyset open(String origin, String text) {
        return open.open(origin, text, () -> {
            unwraps.incrementAndGet();
            return Vectors.keyset();
        });
    }
}
