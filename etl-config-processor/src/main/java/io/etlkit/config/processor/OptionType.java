package io.etlkit.config.processor;

import java.math.BigDecimal;
import java.util.List;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.PrimitiveType;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.Types;

/** The type of an option, or of what an option holds. */
final class OptionType {
    private final TypeMirror mirror;
    private final Types types;

    OptionType(TypeMirror mirror, Types types) {
        this.mirror = mirror instanceof PrimitiveType primitive
                ? types.boxedClass(primitive).asType()
                : mirror;
        this.types = types;
    }

    /** The name of the class, without what it holds: {@code java.util.List}. */
    String name() {
        return element().getQualifiedName().toString();
    }

    boolean is(Class<?> type) {
        return name().equals(type.getName());
    }

    boolean isEnum() {
        return element().getKind() == ElementKind.ENUM;
    }

    boolean isRecord() {
        return element().getKind() == ElementKind.RECORD;
    }

    boolean isNumber() {
        return is(Integer.class) || is(Long.class) || is(Double.class) || is(BigDecimal.class);
    }

    /** The names of an enum's constants. */
    List<String> constants() {
        return element().getEnclosedElements().stream()
                .filter(each -> each.getKind() == ElementKind.ENUM_CONSTANT)
                .map(Element::getSimpleName)
                .map(Object::toString)
                .toList();
    }

    /** What an Optional, a list or a map holds. */
    OptionType held() {
        List<? extends TypeMirror> arguments = ((DeclaredType) mirror).getTypeArguments();
        return new OptionType(arguments.get(arguments.size() - 1), types);
    }

    /** As Java writes it, boxed. */
    String boxed() {
        return mirror.toString();
    }

    /** As Java writes it, {@code int} instead of {@code Integer}. */
    String unboxed() {
        return switch (name()) {
            case "java.lang.Integer" -> "int";
            case "java.lang.Long" -> "long";
            case "java.lang.Double" -> "double";
            case "java.lang.Boolean" -> "boolean";
            default -> boxed();
        };
    }

    private TypeElement element() {
        return (TypeElement) ((DeclaredType) mirror).asElement();
    }
}
