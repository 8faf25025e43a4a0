package io.etlkit.api;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the interface that others build upon keeps to. */
class ApiRulesTest {
    private static final Path SOURCES = Path.of("src", "main", "java");

    /** A public type or member, or the constant of an interface or enum. */
    private static final Pattern DECLARATION = Pattern.compile("^ *public (?!static final long serialVersionUID)");

    private static final JavaClasses API = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.etlkit.api");

    @Test
    void dependsOnTheJdkAndJSpecifyOnly() {
        classes()
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("io.etlkit.api..", "java..", "org.jspecify.annotations")
                .check(API);
    }

    @Test
    void valuesKnowNothingOfPlugins() {
        noClasses()
                .that()
                .resideInAPackage("io.etlkit.api.value")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.etlkit.api", "io.etlkit.api.config", "io.etlkit.api.dev")
                .check(API);
    }

    @Test
    void readsNoClockAndNoEnvironment() {
        noClasses().should().callMethod(System.class, "currentTimeMillis").check(API);
        noClasses().should().callMethod(System.class, "nanoTime").check(API);
        noClasses().should().callMethod(System.class, "getenv", String.class).check(API);
        noClasses().should().callMethod(Instant.class, "now").check(API);
    }

    /** The compiler's doclint checks what the comments say; this, that there is one on every type and public member. */
    @Test
    void documentsEveryTypeAndMember() throws IOException {
        List<String> undocumented = new ArrayList<>();
        try (Stream<Path> files = Files.walk(SOURCES)) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".java")).toList()) {
                undocumented.addAll(undocumented(file));
            }
        }
        assertThat(undocumented).isEmpty();
    }

    private static List<String> undocumented(Path file) throws IOException {
        List<String> found = new ArrayList<>();
        String before = "";
        for (String line : Files.readAllLines(file)) {
            boolean annotation = line.strip().startsWith("@") && !line.contains("@interface");
            if (DECLARATION.matcher(line).find() && !before.equals("*/") && !before.equals("@Override")) {
                found.add(file.getFileName() + ": " + line.strip());
            }
            if (!annotation || line.strip().equals("@Override")) {
                before = line.strip().endsWith("*/") ? "*/" : line.strip();
            }
        }
        return found;
    }
}
