package io.etlkit.engine;

import static com.tngtech.archunit.base.DescribedPredicate.anyElementThat;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private static final String ROOM = "io.etlkit.engine.internal.";

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
                        "io.micrometer..")
                .check(ENGINE);
    }

    @Test
    void theRoomsHaveNoCycles() {
        slices().matching(ROOM + "(*)..").should().beFreeOfCycles().check(ENGINE);
    }

    @Test
    void theArrowsBetweenTheRoomsRunOneWay() {
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("failure")
                .definedBy(ROOM + "failure")
                .layer("decode")
                .definedBy(ROOM + "decode")
                .layer("retry")
                .definedBy(ROOM + "retry")
                .layer("pii")
                .definedBy(ROOM + "pii")
                .layer("batch")
                .definedBy(ROOM + "batch")
                .layer("settings")
                .definedBy(ROOM + "settings")
                .layer("run")
                .definedBy(ROOM + "run")
                .layer("write")
                .definedBy(ROOM + "write")
                .layer("transform")
                .definedBy(ROOM + "transform")
                .layer("settle")
                .definedBy(ROOM + "settle")
                .layer("deadletter")
                .definedBy(ROOM + "deadletter")
                .layer("lane")
                .definedBy(ROOM + "lane")
                .layer("replay")
                .definedBy(ROOM + "replay")
                .whereLayer("failure")
                .mayNotAccessAnyLayer()
                .whereLayer("decode")
                .mayNotAccessAnyLayer()
                .whereLayer("retry")
                .mayOnlyAccessLayers("failure")
                .whereLayer("pii")
                .mayOnlyAccessLayers("failure")
                .whereLayer("batch")
                .mayOnlyAccessLayers("failure")
                .whereLayer("settings")
                .mayOnlyAccessLayers("retry")
                .whereLayer("run")
                .mayOnlyAccessLayers("settings", "retry")
                .whereLayer("write")
                .mayOnlyAccessLayers("batch", "retry", "failure")
                .whereLayer("transform")
                .mayOnlyAccessLayers("batch", "deadletter", "decode", "pii", "retry", "failure")
                .whereLayer("settle")
                .mayOnlyAccessLayers("batch", "write", "run", "settings", "retry", "failure")
                .whereLayer("deadletter")
                .mayOnlyAccessLayers("settle")
                .whereLayer("lane")
                .mayOnlyAccessLayers(
                        "deadletter",
                        "failure",
                        "retry",
                        "decode",
                        "pii",
                        "settings",
                        "batch",
                        "transform",
                        "write",
                        "run",
                        "settle")
                .whereLayer("replay")
                .mayOnlyAccessLayers("lane", "deadletter", "settings", "retry")
                .check(ENGINE);
    }

    @Test
    void everythingInsideIsInARoom() {
        noClasses().should().resideInAPackage("io.etlkit.engine.internal").check(ENGINE);
    }

    /** The rooms see configuration and what a run tells; they never build or start a pipeline. */
    @Test
    void theRoomsKnowNoPipelineAndNoBuilderOfOne() {
        noClasses()
                .that()
                .resideInAPackage(ROOM + "(*)..")
                .should()
                .dependOnClassesThat()
                .haveNameMatching("io\\.etlkit\\.engine\\.(Pipeline|PipelineBuilder|PersonalDataCheck)")
                .check(ENGINE);
    }

    @Test
    void whatUsersSeeDoesNotShowTheInside() {
        noMethods()
                .that()
                .arePublic()
                .and()
                .areDeclaredInClassesThat()
                .resideOutsideOfPackage("..internal..")
                .should()
                .haveRawReturnType(resideInAPackage("..internal.."))
                .orShould()
                .haveRawParameterTypes(anyElementThat(resideInAPackage("..internal..")))
                .check(ENGINE);
    }
}
