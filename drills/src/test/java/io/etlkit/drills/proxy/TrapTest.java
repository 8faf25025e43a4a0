package io.etlkit.drills.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

import io.etlkit.drills.proxy.TcpProxy.Direction;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class TrapTest extends ProxyFixture {
    @Test
    void whatIsHeldOfACutConnectionIsNeverPassedOn() throws IOException {
        try (Ends ends = connect()) {
            Trap trap = proxy.holdWhen(Direction.TO_SERVER, "last will", Direction.TO_SERVER);
            send(ends.client(), "last will");
            await("the text came by").until(trap::isSprung);
            proxy.cut();
            proxy.restore();
            assertReset(ends.server());
        }
    }

    @Test
    void aTextHoldsTheAnswersOfItsConnectionOnly() throws Exception {
        try (Ends first = connect();
                Ends second = connect()) {
            Trap trap = proxy.holdWhen(Direction.TO_SERVER, "INSERT", Direction.TO_CLIENT);
            send(first.client(), "SELECT");
            assertReceives(first.server(), "SELECT");
            assertThat(trap.isSprung()).isFalse();

            send(second.client(), "INSERT");
            trap.await();
            assertReceives(second.server(), "INSERT");
            send(first.server(), "one");
            send(second.server(), "two");
            assertReceives(first.client(), "one");
            assertNothingComes(second.client());
            proxy.restore();
            assertReceives(second.client(), "two");
        }
    }

    @Test
    void aTextThatComesInPiecesIsFoundAndWhatWasSeenBeforeIsNot() throws IOException {
        try (Ends ends = connect()) {
            send(ends.client(), "INSERT");
            assertReceives(ends.server(), "INSERT");
            Trap trap = proxy.swallowWhen(Direction.TO_SERVER, "INSERT", Direction.TO_CLIENT);
            send(ends.client(), " IN");
            assertReceives(ends.server(), " IN");
            assertThat(trap.isSprung()).isFalse();
            send(ends.client(), "SERT");
            assertReceives(ends.server(), "SERT");
            assertThat(trap.isSprung()).isTrue();
            send(ends.server(), "lost");
            assertNothingComes(ends.client());
        }
    }

    @Test
    void aTextCutsItsConnectionOnceAndIsNotPassedOn() throws Exception {
        Trap trap = proxy.cutWhen(Direction.TO_CLIENT, "done");
        try (Ends ends = connect()) {
            send(ends.server(), "done");
            assertReset(ends.client());
            assertReset(ends.server());
            trap.await();
        }
        try (Ends ends = connect()) {
            send(ends.server(), "done");
            assertReceives(ends.client(), "done");
        }
    }

    @Test
    void takesTextsThatItCanFind() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> proxy.cutWhen(Direction.TO_CLIENT, ""))
                .withMessage("the text must be ASCII, 1 to 256 characters");
        assertThatIllegalArgumentException().isThrownBy(() -> proxy.cutWhen(Direction.TO_CLIENT, "x".repeat(257)));
        assertThatIllegalArgumentException().isThrownBy(() -> proxy.cutWhen(Direction.TO_CLIENT, "é"));
    }
}
