package io.etlkit.transform.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.etlkit.api.EtlPlugin;
import io.etlkit.api.PluginFactory;
import io.etlkit.api.RejectedException;
import io.etlkit.api.Transform;
import io.etlkit.api.TransformFactory;
import io.etlkit.api.config.Option;
import io.etlkit.api.value.Value;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CoreTransformsTest {
    static Stream<Transform> bodyChangingTransforms() {
        return Stream.of(
                new RequireTransform(new RequireConfig(Steps.paths("a"))),
                new SelectTransform(new SelectConfig(Steps.paths("a"))),
                new DropTransform(new DropConfig(Steps.paths("a"))),
                new RenameTransform(
                        new RenameConfig(Map.of("a", Steps.paths("b").get(0)))),
                new CastTransform(new CastConfig(Map.of("a", CastType.NUMBER))),
                new SetTransform(new SetConfig(Map.of("a", Value.of(1)))),
                new ComputeTransform(new ComputeConfig(Map.of("a", FakeExpression.ofField("b")))),
                new FlattenTransform(new FlattenConfig("_", Optional.empty(), Optional.empty())));
    }

    @Test
    void areFoundByServiceLoader() {
        List<String> names = ServiceLoader.load(EtlPlugin.class).stream()
                .flatMap(plugin -> plugin.get().transforms().stream())
                .<String>map(PluginFactory::name)
                .toList();
        assertThat(names)
                .containsExactly("require", "select", "drop", "rename", "cast", "set", "filter", "compute", "flatten");
    }

    @Test
    void describeThemselvesAndEachOfTheirOptions() {
        for (TransformFactory<?> factory : new CoreTransforms().transforms()) {
            assertThat(factory.summary()).as(factory.name()).endsWith(".");
            assertThat(factory.configType().getRecordComponents())
                    .as(factory.name())
                    .isNotEmpty()
                    .allSatisfy(component -> {
                        assertThat(component.getAnnotation(Option.class)).isNotNull();
                        assertThat(component.getAnnotation(Option.class).description())
                                .endsWith(".");
                        assertThat(component.getAnnotation(Option.class).example())
                                .isNotEmpty();
                    });
        }
    }

    @ParameterizedTest
    @MethodSource("bodyChangingTransforms")
    void rejectABodyThatIsNoObject(Transform transform) {
        for (Value body : List.of(Value.of("canary"), Value.of(List.of(Value.of("canary"))), Value.ofNull())) {
            assertThatThrownBy(() -> transform.apply(Steps.record(body)))
                    .isInstanceOf(RejectedException.class)
                    .hasMessage("not_an_object: the body has to be an object, and is "
                            + body.kind().label());
        }
    }

    @ParameterizedTest
    @MethodSource("bodyChangingTransforms")
    void keepDeliveryKeyAndHeaders(Transform transform) {
        assertThat(transform.apply(Steps.record("{\"a\":1}"))).singleElement().satisfies(record -> {
            assertThat(record.delivery()).isEqualTo(Steps.record("{}").delivery());
            assertThat(record.key()).isEqualTo(Steps.record("{}").key());
            assertThat(record.headers()).isEqualTo(Steps.record("{}").headers());
        });
    }
}
