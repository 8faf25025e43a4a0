package io.etlkit.engine;

import io.etlkit.api.EtlRecord;
import io.etlkit.api.FieldEffects;
import io.etlkit.api.PluginContext;
import io.etlkit.api.Transform;
import io.etlkit.api.TransformFactory;
import io.etlkit.api.config.Expression;
import io.etlkit.api.value.FieldPath;
import io.etlkit.api.value.ObjectValue;
import io.etlkit.api.value.Value;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** A transform from a lambda. */
record FakeTransform(String name, Transform transform, FieldEffects effects, Optional<String> keysetName)
        implements TransformFactory<FakeTransform.Config> {
    record Config() {}

    static FakeTransform of(String name, Transform transform) {
        return new FakeTransform(name, transform, FieldEffects.unknown(), Optional.empty());
    }

    Step<Config> step() {
        return Step.of(this, new Config());
    }

    @Override
    public String summary() {
        return "Applies a lambda.";
    }

    @Override
    public Class<Config> configType() {
        return Config.class;
    }

    @Override
    public Transform create(Config config, PluginContext context) {
        return transform;
    }

    @Override
    public FieldEffects fields(Config config) {
        return effects;
    }

    @Override
    public Optional<String> keyset(Config config) {
        return keysetName;
    }

    static Value field(EtlRecord record, String name) {
        return ((ObjectValue) record.body()).get(name).orElse(Value.ofNull());
    }

    static EtlRecord with(EtlRecord record, String name, Value value) {
        return record.withBody(((ObjectValue) record.body()).with(name, value));
    }

    /** A condition from a lambda. */
    static Expression when(Predicate<EtlRecord> condition) {
        return new Expression() {
            @Override
            public String text() {
                return "fake";
            }

            @Override
            public Set<FieldPath> reads() {
                return Set.of();
            }

            @Override
            public boolean readsWholeBody() {
                return true;
            }

            @Override
            public boolean isCondition() {
                return true;
            }

            @Override
            public Value evaluate(EtlRecord record) {
                return Value.of(condition.test(record));
            }

            @Override
            public boolean test(EtlRecord record) {
                return condition.test(record);
            }
        };
    }
}
