package io.github.resilientchat.core;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.github.resilientchat.core.drive.BlockingDriver;

@AnalyzeClasses(
    packages = "io.github.resilientchat.core",
    importOptions = ImportOption.DoNotIncludeTests.class)
class CoreDependenciesTest {

  @ArchTest
  static final ArchRule knowsNoFrameworkAndNoCloud =
      classes()
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "java..",
              "org.jspecify..",
              "org.slf4j..",
              "io.github.resilience4j..",
              "com.github.benmanes.caffeine..",
              "io.github.resilientchat.core..");

  @ArchTest
  static final ArchRule readsTimeFromTheTickerAlone =
      noClasses()
          .that()
          .areNotAssignableTo(Ticker.class)
          .should()
          .callMethod(System.class, "nanoTime")
          .orShould()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(java.time.Instant.class, "now");

  @ArchTest
  static final ArchRule onlyTheBlockingDriverMakesAThreadWait =
      noClasses()
          .that()
          .doNotHaveFullyQualifiedName(BlockingDriver.class.getName())
          .should()
          .callMethodWhere(
              com.tngtech.archunit.core.domain.JavaCall.Predicates.target(
                  com.tngtech.archunit.core.domain.properties.HasName.Predicates.name("sleep")));
}
