package io.etlkit.config.processor;

import io.etlkit.api.config.Option;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.RoundEnvironment;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.RecordComponentElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.ElementFilter;
import javax.tools.Diagnostic;

/**
 * Generates {@code XxxBuilder} beside each public record {@code Xxx} whose components carry {@link Option}. A declaration that
 * is wrong, such as a default that is not of the option's type, is a compile error at its component.
 */
public final class ConfigBuilderProcessor extends AbstractProcessor {
    /** For javac. */
    public ConfigBuilderProcessor() {}

    @Override
    public Set<String> getSupportedAnnotationTypes() {
        return Set.of(Option.class.getName());
    }

    @Override
    public SourceVersion getSupportedSourceVersion() {
        return SourceVersion.latestSupported();
    }

    @Override
    public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
        publicRecords(round.getRootElements()).forEach(this::generate);
        return false;
    }

    private static List<TypeElement> publicRecords(Iterable<? extends Element> elements) {
        List<TypeElement> records = new ArrayList<>();
        for (TypeElement type : ElementFilter.typesIn(elements)) {
            if (type.getModifiers().contains(Modifier.PUBLIC)) {
                if (isConfiguration(type)) {
                    records.add(type);
                }
                records.addAll(publicRecords(type.getEnclosedElements()));
            }
        }
        return records;
    }

    private static boolean isConfiguration(TypeElement type) {
        return type.getKind() == ElementKind.RECORD
                && !type.getRecordComponents().isEmpty()
                && type.getRecordComponents().stream().allMatch(each -> each.getAnnotation(Option.class) != null);
    }

    private void generate(TypeElement type) {
        List<BuilderOption> options = new ArrayList<>();
        for (RecordComponentElement component : type.getRecordComponents()) {
            try {
                options.add(BuilderOption.of(component, processingEnv.getTypeUtils()));
            } catch (IllegalArgumentException wrong) {
                error("the option " + component.getSimpleName() + ": " + wrong.getMessage(), field(type, component));
            }
        }
        Optional<String> twice = BuilderOption.twice(options);
        if (twice.isPresent()) {
            error("two options have the name " + twice.get(), type);
        } else if (options.size() == type.getRecordComponents().size()) {
            write(type, new BuilderSource(packageOf(type), type, options));
        }
    }

    private void write(TypeElement type, BuilderSource source) {
        try (Writer writer = processingEnv
                .getFiler()
                .createSourceFile(source.qualifiedName(), type)
                .openWriter()) {
            writer.write(source.text());
        } catch (IOException failed) {
            error("the builder cannot be written: " + failed.getMessage(), type);
        }
    }

    /** javac knows where the field of a component is, and not where the component is. */
    private static Element field(TypeElement type, RecordComponentElement component) {
        return ElementFilter.fieldsIn(type.getEnclosedElements()).stream()
                .filter(field -> field.getSimpleName().equals(component.getSimpleName()))
                .findFirst()
                .map(Element.class::cast)
                .orElse(component);
    }

    private String packageOf(TypeElement type) {
        return processingEnv
                .getElementUtils()
                .getPackageOf(type)
                .getQualifiedName()
                .toString();
    }

    private void error(String message, Element place) {
        processingEnv.getMessager().printMessage(Diagnostic.Kind.ERROR, message, place);
    }
}
