package io.etlkit.source.sqs.internal.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class RedrivePolicyTest {
    @Test
    void readsTheMaxReceiveCountAsAwsReturnsIt() {
        assertThat(RedrivePolicy.maxReceiveCount(Optional.empty())).isEmpty();
        assertThat(RedrivePolicy.maxReceiveCount(
                        Optional.of("{\"deadLetterTargetArn\":\"arn:aws:sqs:x\",\"maxReceiveCount\":\"3\"}")))
                .hasValue(3);
        assertThat(RedrivePolicy.maxReceiveCount(Optional.of("{\"maxReceiveCount\":1}")))
                .hasValue(1);
        assertThat(RedrivePolicy.maxReceiveCount(Optional.of("not JSON")))
                .as("it is there")
                .isPresent();
    }
}
