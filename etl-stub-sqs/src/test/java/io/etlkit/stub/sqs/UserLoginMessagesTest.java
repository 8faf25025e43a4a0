package io.etlkit.stub.sqs;

import static org.assertj.core.api.Assertions.assertThat;

import io.etlkit.api.value.ObjectValue;
import io.etlkit.api.value.Value;
import io.etlkit.json.JsonReader;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class UserLoginMessagesTest {
    private static final int COUNT = 2_000;

    private final UserLoginMessages messages = new UserLoginMessages(1, COUNT);

    @Test
    void eachIsALoginAndAlwaysTheSame() {
        for (ObjectValue login : logins()) {
            assertThat(login.names())
                    .containsExactly("user_id", "app_version", "device_type", "ip", "locale", "device_id");
        }
        assertThat(new UserLoginMessages(1, COUNT).text(17)).isEqualTo(messages.text(17));
        assertThat(new UserLoginMessages(2, COUNT).text(17)).isNotEqualTo(messages.text(17));
    }

    @Test
    void addressesAndDevicesAreShared() {
        for (String field : List.of("ip", "device_id")) {
            Map<Value, Long> times = logins().stream()
                    .map(login -> login.get(field).orElseThrow())
                    .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));

            assertThat(times.size()).as(field).isBetween(COUNT / 4, COUNT / 2);
        }
    }

    private List<ObjectValue> logins() {
        return IntStream.range(0, COUNT)
                .mapToObj(number -> (ObjectValue) JsonReader.read(messages.text(number)))
                .toList();
    }
}
