package io.etlkit.drills;

import io.etlkit.api.EtlPlugin;
import io.etlkit.api.EtlRecord;
import io.etlkit.api.FieldEffects;
import io.etlkit.api.TransformFactory;
import io.etlkit.json.JsonWriter;
import java.util.List;

/** A careless plugin: its step {@code blurt} throws what is in the record, as parsers and drivers do. */
public final class BlurtingPlugin implements EtlPlugin {
    /** No options. */
    public record Config() {}

    static final TransformFactory<Config> BLURT = TransformFactory.of(
            "blurt",
            "Throws what is in the record.",
            Config.class,
            (config, context) -> BlurtingPlugin::blurt,
            config -> FieldEffects.none());

    @Override
    public List<TransformFactory<?>> transforms() {
        return List.of(BLURT);
    }

    private static List<EtlRecord> blurt(EtlRecord record) {
        String content = JsonWriter.write(record.body());
        IllegalStateException thrown =
                new IllegalStateException("can not handle " + content, new IllegalArgumentException("bad: " + content));
        thrown.addSuppressed(new IllegalArgumentException("also " + content));
        throw thrown;
    }
}
