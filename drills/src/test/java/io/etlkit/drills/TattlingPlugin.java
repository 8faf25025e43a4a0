package io.etlkit.drills;

import io.etlkit.api.EtlPlugin;
import io.etlkit.api.EtlRecord;
import io.etlkit.api.FieldEffects;
import io.etlkit.api.RejectedException;
import io.etlkit.api.TransformFactory;
import io.etlkit.api.value.FieldPath;
import io.etlkit.api.value.TextValue;
import io.etlkit.json.JsonWriter;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A plugin that breaks its contract: its step {@code tattle} tells what is in the record, in the way that the record's field
 * {@code tattle} asks for.
 */
public final class TattlingPlugin implements EtlPlugin {
    /** No options. */
    public record Config() {}

    static final String REASON = "tattled";

    static final TransformFactory<Config> TATTLE = TransformFactory.of(
            "tattle",
            "Tells what is in the record.",
            Config.class,
            (config, context) -> TattlingPlugin::tattle,
            config -> FieldEffects.none());

    private static final Logger log = LoggerFactory.getLogger(TattlingPlugin.class);
    private static final FieldPath HOW = FieldPath.ofName("tattle");

    @Override
    public List<TransformFactory<?>> transforms() {
        return List.of(TATTLE);
    }

    private static List<EtlRecord> tattle(EtlRecord record) {
        String content = JsonWriter.write(record.body());
        String how = HOW.find(record.body())
                .map(value -> ((TextValue) value).value())
                .orElseThrow();
        return switch (how) {
            case "reject" -> throw new RejectedException(REASON, "can not take " + content);
            case "error" -> throw new AssertionError("can not be: " + content, new IllegalStateException(content));
            case "log" -> {
                log.info("here comes {}", content);
                yield List.of(record);
            }
            default -> throw new IllegalArgumentException("no way to tattle");
        };
    }
}
