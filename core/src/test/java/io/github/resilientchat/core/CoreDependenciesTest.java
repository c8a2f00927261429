package io.github.resilientchat.core;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.properties.HasName;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.github.resilientchat.core.adapter.BlockingDriver;
import java.util.concurrent.locks.AbstractQueuedSynchronizer;
import org.junit.jupiter.api.Test;

/** Plain tests: run by ArchUnit's own engine, rules are not counted and cannot fail the build. */
class CoreDependenciesTest {

  private static final JavaClasses CORE =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("io.github.resilientchat.core");

  @Test
  void knowsNoFrameworkAndNoCloud() {
    classes()
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "java..",
            "org.jspecify..",
            "org.slf4j..",
            "io.github.resilience4j..",
            "com.github.benmanes.caffeine..",
            "io.github.resilientchat.core..")
        .check(CORE);
  }

  @Test
  void readsTimeFromTheTickerAlone() {
    noClasses()
        .that()
        .areNotAssignableTo(Ticker.class)
        .should()
        .callMethod(System.class, "nanoTime")
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(java.time.Instant.class, "now")
        .check(CORE);
  }

  @Test
  void onlyTheBlockingDriverMakesAThreadWait() {
    noClasses()
        .that()
        .doNotHaveFullyQualifiedName(BlockingDriver.class.getName())
        .should()
        .callMethodWhere(JavaCall.Predicates.target(HasName.Predicates.name("sleep")))
        .check(CORE);
  }

  /** Its transitions are made under its monitor, where who is parked pins its carrier. */
  @Test
  void callsWaitForNoLock() {
    noClasses()
        .that()
        .resideInAPackage("io.github.resilientchat.core.internal.call..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("java.util.concurrent.locks..")
        .orShould()
        .dependOnClassesThat()
        .areAssignableTo(AbstractQueuedSynchronizer.class)
        .check(CORE);
  }

  /**
   * A house without cycles: each package may be read with those that it stands on, and no other.
   */
  @Test
  void packagesHaveNoCycles() {
    slices().matching("io.github.resilientchat.(**)").should().beFreeOfCycles().check(CORE);
  }

  @Test
  void valuesKnowNoMachinery() {
    noClasses()
        .that()
        .resideOutsideOfPackages(
            "io.github.resilientchat.core.internal..", "io.github.resilientchat.core.engine..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "io.github.resilientchat.core.internal.call..",
            "io.github.resilientchat.core.internal.choice..",
            "io.github.resilientchat.core.internal.gate..")
        .check(CORE);
  }
}
