package io.etlkit.reveal;

import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private static final String ROOM = "io.etlkit.reveal.internal.";

    private static final JavaClasses MODULE = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.etlkit.reveal");

    @Test
    void theRoomsHaveNoCycles() {
        slices().matching(ROOM + "(*)..").should().beFreeOfCycles().check(MODULE);
    }

    @Test
    void theArrowsBetweenTheRoomsRunOneWay() {
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("process")
                .definedBy(ROOM + "process")
                .layer("database")
                .definedBy(ROOM + "database")
                .layer("audit")
                .definedBy(ROOM + "audit")
                .layer("option")
                .definedBy(ROOM + "option")
                .layer("keys")
                .definedBy(ROOM + "keys")
                .layer("reveal")
                .definedBy(ROOM + "reveal")
                .layer("lookup")
                .definedBy(ROOM + "lookup")
                .layer("remask")
                .definedBy(ROOM + "remask")
                .whereLayer("process")
                .mayNotAccessAnyLayer()
                .whereLayer("database")
                .mayNotAccessAnyLayer()
                .whereLayer("audit")
                .mayOnlyAccessLayers("process")
                .whereLayer("option")
                .mayOnlyAccessLayers("audit", "process")
                .whereLayer("keys")
                .mayOnlyAccessLayers("option", "process")
                .whereLayer("reveal")
                .mayOnlyAccessLayers("option", "audit", "database", "process")
                .whereLayer("lookup")
                .mayOnlyAccessLayers("option", "process")
                .whereLayer("remask")
                .mayOnlyAccessLayers("option", "database", "process")
                .check(MODULE);
    }
}
