package io.etlkit.reveal.internal.keys;

import io.etlkit.transform.mask.keyset.WrapChoice;
import java.util.Map;
import picocli.CommandLine.Option;

/** What a way of protecting keys needs to know. */
final class WrapOptions {
    @Option(
            names = "--wrap-option",
            paramLabel = "NAME=VALUE",
            description = "What the wrap needs: key=ARN for aws-kms, key=NAME for vault-transit. May be repeated.")
    private Map<String, String> settings = Map.of();

    @Option(
            names = "--insecure-plaintext",
            description = "Store the keys unencrypted: who reads the file has the keys.")
    private boolean insecurePlaintext;

    boolean insecurePlaintext() {
        return insecurePlaintext;
    }

    WrapChoice choice(String type) {
        return new WrapChoice(type, settings);
    }
}
