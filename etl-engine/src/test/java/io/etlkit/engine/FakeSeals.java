package io.etlkit.engine;

import io.etlkit.api.DeadLetter;
import io.etlkit.api.EtlRecord;
import io.etlkit.api.RecordKey;
import io.etlkit.api.Sealer;
import io.etlkit.api.SealerProvider;
import io.etlkit.api.UnsealException;
import io.etlkit.api.Unsealer;
import io.etlkit.api.value.TextValue;
import io.etlkit.api.value.Value;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Seals that hide nothing: {@code pipeline:id:body}. What is opened and closed is told to a list. */
record FakeSeals(List<String> told) implements SealerProvider {
    @Override
    public Sealer open(String keyset, Path baseDirectory) {
        told.add("sealer of " + keyset + " in " + baseDirectory);
        return new Sealer() {
            @Override
            public byte[] seal(String pipeline, EtlRecord original) {
                String body = ((TextValue) original.body()).value();
                return (pipeline + ":" + original.key().id() + ":" + body).getBytes(StandardCharsets.UTF_8);
            }

            @Override
            public void close() {
                told.add("closed");
            }
        };
    }

    @Override
    public Unsealer openUnsealer(String keyset, Path baseDirectory) {
        told.add("unsealer of " + keyset + " in " + baseDirectory);
        return new Unsealer() {
            @Override
            public DeadLetter.Clear unseal(String pipeline, RecordKey key, DeadLetter.Sealed sealed)
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
