package io.etlkit.transform.mask;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private static final String MASK = "io.etlkit.transform.mask";
    private static final String ROOM = MASK + ".internal.";

    private static final JavaClasses MODULE = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(MASK);

    @Test
    void theRoomsHaveNoCycles() {
        slices().matching(ROOM + "(*)..").should().beFreeOfCycles().check(MODULE);
    }

    @Test
    void theArrowsBetweenTheRoomsRunOneWay() {
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("encoding")
                .definedBy(ROOM + "encoding")
                .layer("crypto")
                .definedBy(ROOM + "crypto")
                .layer("keyset")
                .definedBy(ROOM + "keyset")
                .layer("type")
                .definedBy(ROOM + "type")
                .layer("token")
                .definedBy(ROOM + "token")
                .layer("method")
                .definedBy(ROOM + "method")
                .layer("field")
                .definedBy(ROOM + "field")
                .layer("seal")
                .definedBy(ROOM + "seal")
                .whereLayer("encoding")
                .mayNotAccessAnyLayer()
                .whereLayer("crypto")
                .mayOnlyAccessLayers("encoding")
                .whereLayer("keyset")
                .mayOnlyAccessLayers("crypto", "encoding")
                .whereLayer("type")
                .mayOnlyAccessLayers("encoding")
                .whereLayer("token")
                .mayOnlyAccessLayers("type", "keyset", "crypto", "encoding")
                .whereLayer("method")
                .mayOnlyAccessLayers("token", "type", "keyset", "encoding")
                .whereLayer("field")
                .mayOnlyAccessLayers("method", "type")
                .whereLayer("seal")
                .mayOnlyAccessLayers("keyset", "crypto", "encoding")
                .check(MODULE);
    }

    /** The configuration is an argument; the plugin only makes what is inside. */
    @Test
    void theRoomsDoNotKnowThePlugin() {
        noClasses()
                .that()
                .resideInAPackage(ROOM + "(*)..")
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName(MASK + ".MaskPlugin")
                .check(MODULE);
    }

    @Test
    void keysetsKnowNothingOfTokens() {
        noClasses()
                .that()
                .resideInAnyPackage(MASK + ".keyset", ROOM + "keyset")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(MASK, MASK + ".token", ROOM + "token", ROOM + "method", ROOM + "field")
                .check(MODULE);
    }
}
