package io.etlkit.engine;

import static com.tngtech.archunit.base.DescribedPredicate.anyElementThat;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private static final JavaClasses ENGINE = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.etlkit.engine");

    @Test
    void theEngineStandsOnTheApiAndOnFewLibraries() {
        classes()
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "io.etlkit.engine..",
                        "io.etlkit.api..",
                        "io.etlkit.json..",
                        "java..",
                        "org.jspecify.annotations..",
                        "org.slf4j..",
                        "io.micrometer..",
                        "dev.failsafe..")
                .check(ENGINE);
    }

    @Test
    void onlyTheRetrierKnowsFailsafe() {
        noClasses()
                .that()
                .doNotHaveSimpleName("Retrier")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.failsafe..")
                .check(ENGINE);
    }

    @Test
    void whatUsersSeeDoesNotShowTheInside() {
        noMethods()
                .that()
                .arePublic()
                .and()
                .areDeclaredInClassesThat()
                .resideOutsideOfPackage("..internal")
                .should()
                .haveRawReturnType(resideInAPackage("..internal"))
                .orShould()
                .haveRawParameterTypes(anyElementThat(resideInAPackage("..internal")))
                .check(ENGINE);
    }
}
