package io.etlkit.sink.postgres;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private static final String ROOM = "io.etlkit.sink.postgres.internal.";

    private static final JavaClasses MODULE = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.etlkit.sink.postgres");

    @Test
    void theRoomsHaveNoCycles() {
        slices().matching(ROOM + "(*)..").should().beFreeOfCycles().check(MODULE);
    }

    @Test
    void theArrowsBetweenTheRoomsRunOneWay() {
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("failure")
                .definedBy(ROOM + "failure")
                .layer("connection")
                .definedBy(ROOM + "connection")
                .layer("schema")
                .definedBy(ROOM + "schema")
                .layer("column")
                .definedBy(ROOM + "column")
                .layer("ledger")
                .definedBy(ROOM + "ledger")
                .layer("write")
                .definedBy(ROOM + "write")
                .layer("deadletter")
                .definedBy(ROOM + "deadletter")
                .whereLayer("failure")
                .mayNotAccessAnyLayer()
                .whereLayer("schema")
                .mayNotAccessAnyLayer()
                .whereLayer("connection")
                .mayOnlyAccessLayers("failure")
                .whereLayer("column")
                .mayOnlyAccessLayers("schema")
                .whereLayer("ledger")
                .mayOnlyAccessLayers("failure", "connection", "schema", "column")
                .whereLayer("write")
                .mayOnlyAccessLayers("failure", "connection", "schema", "column", "ledger")
                .whereLayer("deadletter")
                .mayOnlyAccessLayers("failure", "connection", "schema")
                .check(MODULE);
    }

    /** The configuration is an argument; the plugin and its factories only make what is inside. */
    @Test
    void theRoomsKnowOnlyTheConfigurationOfThePublicPackage() {
        noClasses()
                .that()
                .resideInAPackage(ROOM + "(*)..")
                .should()
                .dependOnClassesThat(resideInAPackage("io.etlkit.sink.postgres")
                        .and(DescribedPredicate.describe(
                                "are no configuration",
                                type -> !type.isEnum() && !type.getSimpleName().endsWith("Config"))))
                .check(MODULE);
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
                .check(MODULE);
    }

    @Test
    void onlyTheRoomFailureReadsWhatTheDriverSays() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOM + "failure")
                .should()
                .dependOnClassesThat()
                .haveSimpleName("ServerErrorMessage")
                .check(MODULE);
    }
}
