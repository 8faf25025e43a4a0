package io.etlkit.runner.internal.file;

import io.etlkit.api.PluginFactory;
import io.etlkit.api.value.ListValue;
import io.etlkit.api.value.ObjectValue;
import io.etlkit.api.value.Value;
import io.etlkit.engine.DeadLetterPolicy;
import io.etlkit.engine.config.OptionDescription;
import io.etlkit.engine.config.OptionSchema;
import io.etlkit.runner.internal.plugin.PluginRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The JSON Schema (2020-12) of pipeline files, with the plugins that are installed. */
public final class PipelineSchema {
    private PipelineSchema() {}

    /** The schema. */
    public static ObjectValue of(PluginRegistry plugins) {
        ObjectValue file = OptionSchema.of(PipelineFile.class);
        ObjectValue options = (ObjectValue) file.get("properties").orElseThrow();
        ObjectValue step = use(StepKeys.class, plugins.transforms());
        return ObjectValue.builder()
                .put("$schema", Value.of("https://json-schema.org/draft/2020-12/schema"))
                .put("title", Value.of("etlkit pipeline file"))
                .put("type", Value.of("object"))
                .put(
                        "properties",
                        options.with("source", described(options, "source", use(SourceKeys.class, plugins.sources())))
                                .with("sink", described(options, "sink", use(SourceKeys.class, plugins.sinks())))
                                .with(
                                        "transforms",
                                        described(
                                                options,
                                                "transforms",
                                                ObjectValue.builder()
                                                        .put("type", Value.of("array"))
                                                        .put("items", step)
                                                        .build()))
                                .with(
                                        "deadLetter",
                                        described(
                                                options,
                                                "deadLetter",
                                                use(DeadLetterPolicy.class, plugins.deadLetterSinks()))))
                .put("additionalProperties", Value.of(false))
                .put("allOf", file.get("allOf").orElseThrow())
                .build();
    }

    private static ObjectValue described(ObjectValue options, String name, ObjectValue schema) {
        ObjectValue option = (ObjectValue) options.get(name).orElseThrow();
        return schema.with("description", option.get("description").orElseThrow());
    }

    /** A map with exactly one plugin's name in it, and generic keys beside it. */
    private static ObjectValue use(Class<? extends Record> generic, Map<String, ? extends PluginFactory<?>> installed) {
        ObjectValue beside = OptionSchema.of(generic);
        ObjectValue properties = (ObjectValue) beside.get("properties").orElseThrow();
        List<Value> names = new ArrayList<>();
        for (PluginFactory<?> factory : installed.values()) {
            properties = properties.with(factory.name(), options(factory));
            names.add(ObjectValue.builder()
                    .put("required", Value.of(List.of(Value.of(factory.name()))))
                    .build());
        }
        return beside.with("properties", properties).with("oneOf", new ListValue(names));
    }

    /** A plugin without required options may be written without any. */
    private static ObjectValue options(PluginFactory<?> factory) {
        ObjectValue schema = OptionSchema.of(factory.configType());
        if (OptionDescription.of(factory.configType()).stream().noneMatch(OptionDescription::required)) {
            ObjectValue nothing =
                    ObjectValue.builder().put("type", Value.of("null")).build();
            schema = ObjectValue.builder()
                    .put("anyOf", Value.of(List.of(schema, nothing)))
                    .build();
        }
        return schema.with("description", Value.of(factory.summary()));
    }
}
