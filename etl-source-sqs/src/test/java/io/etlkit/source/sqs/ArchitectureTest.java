package io.etlkit.source.sqs;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private static final String ROOM = "io.etlkit.source.sqs.internal.";

    private static final JavaClasses MODULE = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.etlkit.source.sqs");

    @Test
    void theRoomsHaveNoCycles() {
        slices().matching(ROOM + "(*)..").should().beFreeOfCycles().check(MODULE);
    }

    @Test
    void theArrowsBetweenTheRoomsRunOneWay() {
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("client")
                .definedBy(ROOM + "client")
                .layer("inflight")
                .definedBy(ROOM + "inflight")
                .layer("receive")
                .definedBy(ROOM + "receive")
                .layer("settle")
                .definedBy(ROOM + "settle")
                .layer("source")
                .definedBy(ROOM + "source")
                .layer("deadletter")
                .definedBy(ROOM + "deadletter")
                .whereLayer("client")
                .mayNotAccessAnyLayer()
                .whereLayer("inflight")
                .mayOnlyAccessLayers("client")
                .whereLayer("receive")
                .mayOnlyAccessLayers("client", "inflight")
                .whereLayer("settle")
                .mayOnlyAccessLayers("client", "inflight")
                .whereLayer("source")
                .mayOnlyAccessLayers("client", "inflight", "receive", "settle")
                .whereLayer("deadletter")
                .mayOnlyAccessLayers("client")
                .check(MODULE);
    }

    @Test
    void theRoomsDoNotKnowThePublicPackage() {
        noClasses()
                .that()
                .resideInAPackage(ROOM + "(*)..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.etlkit.source.sqs")
                .check(MODULE);
    }
}
