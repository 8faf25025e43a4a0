package io.etlkit.transform.core;

import io.etlkit.api.EtlPlugin;
import io.etlkit.api.TransformFactory;
import java.util.List;

/**
 * The everyday transforms: the factories that a pipeline file names, and that an embedding program hands to the engine
 * together with a configuration record. The transforms are stateless and block on nothing.
 */
public final class CoreTransforms implements EtlPlugin {
    /** Rejects a record in which a field is missing or null. */
    public static final TransformFactory<RequireConfig> REQUIRE = new CoreTransformFactory<>(
            "require",
            "Rejects a record in which a field is missing or null.",
            RequireConfig.class,
            RequireTransform::new,
            RequireConfig::effects);

    /** Keeps the fields that are named, in the order given, and removes every other one. */
    public static final TransformFactory<SelectConfig> SELECT = new CoreTransformFactory<>(
            "select",
            "Keeps the fields that are named, in the order given, and removes every other one.",
            SelectConfig.class,
            SelectTransform::new,
            SelectConfig::effects);

    /** Removes fields. */
    public static final TransformFactory<DropConfig> DROP = new CoreTransformFactory<>(
            "drop", "Removes fields.", DropConfig.class, DropTransform::new, DropConfig::effects);

    /** Gives fields other names. */
    public static final TransformFactory<RenameConfig> RENAME = new CoreTransformFactory<>(
            "rename", "Gives fields other names.", RenameConfig.class, RenameTransform::new, RenameConfig::effects);

    /** Turns values into another type, or rejects the record. */
    public static final TransformFactory<CastConfig> CAST = new CoreTransformFactory<>(
            "cast",
            "Turns values into another type, or rejects the record.",
            CastConfig.class,
            CastTransform::new,
            CastConfig::effects);

    /** Sets fields to constant values. */
    public static final TransformFactory<SetConfig> SET = new CoreTransformFactory<>(
            "set", "Sets fields to constant values.", SetConfig.class, SetTransform::new, SetConfig::effects);

    /** Keeps the records for which an expression is true. */
    public static final TransformFactory<FilterConfig> FILTER = new CoreTransformFactory<>(
            "filter",
            "Keeps the records for which an expression is true.",
            FilterConfig.class,
            FilterTransform::new,
            FilterConfig::effects);

    /** Sets fields to the results of expressions. */
    public static final TransformFactory<ComputeConfig> COMPUTE = new CoreTransformFactory<>(
            "compute",
            "Sets fields to the results of expressions.",
            ComputeConfig.class,
            ComputeTransform::new,
            ComputeConfig::effects);

    /** Moves the fields of nested objects up, under joined names. */
    public static final TransformFactory<FlattenConfig> FLATTEN = new CoreTransformFactory<>(
            "flatten",
            "Moves the fields of nested objects up, under joined names.",
            FlattenConfig.class,
            FlattenTransform::new,
            FlattenConfig::effects);

    /** For {@link java.util.ServiceLoader}. */
    public CoreTransforms() {}

    @Override
    public List<TransformFactory<?>> transforms() {
        return List.of(REQUIRE, SELECT, DROP, RENAME, CAST, SET, FILTER, COMPUTE, FLATTEN);
    }
}
