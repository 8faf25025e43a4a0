package io.etlkit.runner;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class DependencyRulesTest {
    private final JavaClasses all = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.etlkit");

    @Test
    void theRunnerNamesNoPlugin() {
        classes()
                .that()
                .resideInAPackage("io.etlkit.runner..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "java..",
                        "io.etlkit.api..",
                        "io.etlkit.json..",
                        "io.etlkit.engine",
                        "io.etlkit.engine.config..",
                        "io.etlkit.runner..",
                        "ch.qos.logback..",
                        "com.google.inject..",
                        "io.micrometer..",
                        "io.prometheus..",
                        "me.tongfei.progressbar..",
                        "org.jspecify..",
                        "org.slf4j..",
                        "org.yaml.snakeyaml..",
                        "picocli..")
                .check(all);
    }

    @Test
    void guiceIsSeenInTheRunnerOnly() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.etlkit.runner..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("com.google.inject..", "jakarta.inject..")
                .check(all);
    }

    @Test
    void pluginsSeeNeitherTheEngineNorTheRunner() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        "io.etlkit.source..", "io.etlkit.sink..", "io.etlkit.transform..", "io.etlkit.expression..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.etlkit.engine..", "io.etlkit.runner..", "io.etlkit.dev..")
                .check(all);
    }
}
