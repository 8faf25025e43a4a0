package io.etlkit.reveal;

import io.etlkit.api.value.ObjectValue;
import io.etlkit.api.value.TextValue;
import io.etlkit.json.JsonReader;
import io.etlkit.testkit.TestContext;
import io.etlkit.testkit.TransformHarness;
import io.etlkit.transform.mask.MaskConfig;
import io.etlkit.transform.mask.MaskField;
import io.etlkit.transform.mask.MaskPlugin;
import java.util.List;

/** Masks addresses in the domain {@code ip}, as a pipeline would. */
public final class Masked {
    private Masked() {}

    public static String ip(String keyset, String address, String method) {
        return ips(keyset, List.of(address), method).get(0);
    }

    /** As {@link #ip}, many with the same keys. */
    public static List<String> ips(String keyset, List<String> addresses, String method) {
        MaskConfig config = MaskConfig.of(keyset, MaskField.of("ip", method).withType("ip"));
        try (TransformHarness harness = TransformHarness.of(MaskPlugin.MASK, config, TestContext.defaults())) {
            return addresses.stream()
                    .map(address ->
                            field(harness.apply("{\"ip\":\"" + address + "\"}").get(0), "ip"))
                    .toList();
        }
    }

    public static String field(String json, String name) {
        return ((TextValue) ((ObjectValue) JsonReader.read(json)).get(name).orElseThrow()).value();
    }
}
