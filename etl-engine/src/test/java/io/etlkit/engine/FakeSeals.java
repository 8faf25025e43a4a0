package io.etlkit.engine;

import io.etlkit.api.DeadLetter;
import io.etlkit.api.EtlRecord;
import io.etlkit.api.RecordKey;
import io.etlkit.api.seal.OriginalCipher;
import io.etlkit.api.seal.OriginalCipherProvider;
import io.etlkit.api.seal.UnsealException;
import io.etlkit.api.value.TextValue;
import io.etlkit.api.value.Value;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Seals that hide nothing: {@code pipeline:id:body}. What is opened, checked and closed is told to a list. */
record FakeSeals(List<String> told) implements OriginalCipherProvider {
    @Override
    public OriginalCipher open(String keyset, Path baseDirectory) {
        told.add("cipher of " + keyset + " in " + baseDirectory);
        return new OriginalCipher() {
            @Override
            public void checkCanSeal() {
                told.add("can seal");
            }

            @Override
            public byte[] seal(String pipeline, EtlRecord original) {
                String body = ((TextValue) original.body()).value();
                return (pipeline + ":" + original.key().id() + ":" + body).getBytes(StandardCharsets.UTF_8);
            }

            @Override
            public DeadLetter.Clear open(String pipeline, RecordKey key, DeadLetter.Sealed sealed)
                    throws UnsealException {
                String text = new String(sealed.bytes(), StandardCharsets.UTF_8);
                String head = pipeline + ":" + key.id() + ":";
                if (!text.startsWith(head)) {
                    throw new UnsealException(UnsealException.Code.TAMPERED);
                }
                return new DeadLetter.Clear(Value.of(text.substring(head.length())), Map.of());
            }

            @Override
            public void close() {
                told.add("closed");
            }
        };
    }
}
