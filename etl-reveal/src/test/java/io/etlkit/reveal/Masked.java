package io.etlkit.reveal;

import io.etlkit.api.value.ObjectValue;
import io.etlkit.api.value.TextValue;
import io.etlkit.json.JsonReader;
import io.etlkit.testkit.TestContext;
import io.etlkit.testkit.TransformHarness;
import io.etlkit.transform.mask.MaskConfig;
import io.etlkit.transform.mask.MaskField;
import io.etlkit.transform.mask.MaskPlugin;

/** Masks addresses in the domain {@code ip}, as a pipeline would. */
final class Masked {
    private Masked() {}

    static String ip(String keyset, String address, String method) {
        MaskConfig config = MaskConfig.of(keyset, MaskField.of("ip", method).withType("ip"));
        try (TransformHarness harness = TransformHarness.of(MaskPlugin.MASK, config, TestContext.defaults())) {
            return field(harness.apply("{\"ip\":\"" + address + "\"}").get(0), "ip");
        }
    }

    static String field(String json, String name) {
        return ((TextValue) ((ObjectValue) JsonReader.read(json)).get(name).orElseThrow()).value();
    }
}
