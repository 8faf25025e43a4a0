package io.etlkit.transform.mask;

import io.etlkit.api.EtlPlugin;
import io.etlkit.api.FieldEffects;
import io.etlkit.api.PluginContext;
import io.etlkit.api.Transform;
import io.etlkit.api.TransformFactory;
import io.etlkit.transform.mask.internal.field.MaskTransform;
import io.etlkit.transform.mask.keyset.Keyset;
import java.util.List;
import java.util.Optional;

/**
 * The masking plugin: its factory is what a pipeline file names {@code mask}, and what an embedding program hands to the
 * engine with a {@link MaskConfig}. Making a transform reads the keyset's file.
 */
public final class MaskPlugin implements EtlPlugin {
    /** Replaces personal values so that equal values stay recognisable as equal. */
    public static final TransformFactory<MaskConfig> MASK = new MaskFactory();

    /** For {@link java.util.ServiceLoader}. */
    public MaskPlugin() {}

    @Override
    public List<TransformFactory<?>> transforms() {
        return List.of(MASK);
    }

    private static final class MaskFactory implements TransformFactory<MaskConfig> {
        @Override
        public String name() {
            return "mask";
        }

        @Override
        public String summary() {
            return "Replaces personal values so that equal values stay recognisable as equal.";
        }

        @Override
        public Class<MaskConfig> configType() {
            return MaskConfig.class;
        }

        @Override
        public Transform create(MaskConfig config, PluginContext context) {
            Optional<Keyset> keyset = MaskConfig.needsKeys(config.fields())
                    ? config.keyset().map(location -> Keyset.load(location, context.baseDirectory()))
                    : Optional.empty();
            try {
                return new MaskTransform(config, keyset);
            } catch (RuntimeException failed) {
                keyset.ifPresent(Keyset::close);
                throw failed;
            }
        }

        @Override
        public FieldEffects fields(MaskConfig config) {
            return config.effects();
        }

        @Override
        public Optional<String> keyset(MaskConfig config) {
            return config.keyset();
        }
    }
}
