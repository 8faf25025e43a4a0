package io.etlkit.source.sqs.internal.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QueueAddressTest {
    @Test
    void readsAName() {
        QueueAddress address = QueueAddress.parse("login-queue");

        assertThat(address.name()).isEqualTo("login-queue");
        assertThat(address.isFifo()).isFalse();
        assertThat(address.server()).isEmpty();
        assertThat(QueueAddress.parse("logins.fifo").isFifo()).isTrue();
    }

    @Test
    void readsAnArn() {
        QueueAddress address = QueueAddress.parse("arn:aws-cn:sqs:cn-north-1:123456789012:logins");

        assertThat(address.name()).isEqualTo("logins");
        assertThat(address.region()).contains("cn-north-1");
        assertThat(address.account()).contains("123456789012");
    }

    @ParameterizedTest
    @CsvSource({
        "https://sqs.eu-west-1.amazonaws.com/123456789012/logins, eu-west-1",
        "https://sqs.cn-north-1.amazonaws.com.cn/123456789012/logins, cn-north-1",
        "https://us-west-2.queue.amazonaws.com/123456789012/logins, us-west-2"
    })
    void findsTheRegionInAnAwsUrl(String url, String region) {
        QueueAddress address = QueueAddress.parse(url);

        assertThat(address.name()).isEqualTo("logins");
        assertThat(address.region()).contains(region);
        assertThat(address.server()).as("the region leads there").isEmpty();
    }

    @Test
    void findsTheServerInAnyOtherUrl() {
        QueueAddress address = QueueAddress.parse("http://localhost:4566/000000000000/logins");

        assertThat(address.region()).isEmpty();
        assertThat(address.server()).contains(URI.create("http://localhost:4566/"));
        assertThat(address.url()).contains(URI.create("http://localhost:4566/000000000000/logins"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "login queue",
                "logins.fif",
                "a/b",
                "arn:aws:sns:us-east-1:1:topic",
                "arn:aws:sqs:us-east-1",
                "http://localhost:4566",
                "http:///logins",
                "http://local host/logins",
                "https://sqs.eu-west-1.amazonaws.com/123456789012/"
            })
    void refusesWhatNamesNoQueue(String text) {
        assertThatThrownBy(() -> QueueAddress.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("queue: \"" + text + "\" ");
    }
}
