package io.etlkit.benchmark;

import io.etlkit.api.EtlRecord;
import io.etlkit.api.Transform;
import io.etlkit.api.value.ListValue;
import io.etlkit.api.value.ObjectValue;
import io.etlkit.api.value.Value;
import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/** Masking the values of a long list, so that next to nothing of the record's own cost is in a value's; values a second. */
public class MaskingValuesBenchmark extends MaskedLogins {
    private static final int LENGTH = 64;

    @Param({"hmac text", "hmac ip", "aes-gcm text", "aes-gcm ip"})
    @SuppressWarnings("NullAway.Init") // set by JMH
    private String masking;

    private EtlRecord[] records = {};

    private Transform mask = record -> List.of(record);

    @Setup(Level.Trial)
    public void createMask() throws IOException {
        String[] parts = masking.split(" ");
        mask = MaskSteps.create(parts[0], "values[*]", parts[1]);
        records = lists(parts[1].equals("ip") ? values("ip") : values("device_id"));
    }

    /** As many lists as there are values, each starting with the next of them. */
    private static EtlRecord[] lists(List<Value> values) {
        EtlRecord login = records().get(0);
        return IntStream.range(0, values.size())
                .mapToObj(start -> IntStream.range(start, start + LENGTH)
                        .mapToObj(number -> values.get(number % values.size()))
                        .toList())
                .map(list ->
                        ObjectValue.builder().put("values", new ListValue(list)).build())
                .map(login::withBody)
                .toArray(EtlRecord[]::new);
    }

    @TearDown(Level.Trial)
    public void closeMask() {
        mask.close();
    }

    @Benchmark
    @OperationsPerInvocation(LENGTH)
    public List<EtlRecord> maskList() {
        return mask.apply(records[next()]);
    }
}
