package io.github.resilientchat.langchain4j;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Plain tests: run by ArchUnit's own engine, rules are not counted and cannot fail the build. */
class DependenciesTest {

  private static final JavaClasses ADAPTER =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("io.github.resilientchat.langchain4j");

  @Test
  void knowsNoProvider() {
    classes()
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "java..",
            "org.jspecify..",
            "org.slf4j..",
            "dev.langchain4j.agent.tool",
            "dev.langchain4j.data.image",
            "dev.langchain4j.data.message",
            "dev.langchain4j.data.pdf",
            "dev.langchain4j.exception",
            "dev.langchain4j.model",
            "dev.langchain4j.model.chat..",
            "dev.langchain4j.model.output",
            "io.github.resilientchat.core..",
            "io.github.resilientchat.langchain4j")
        .check(ADAPTER);
  }

  @Test
  void decidesNothing() {
    noClasses()
        .that()
        .areNotAssignableTo(LangChain4jFailures.class)
        .and()
        .haveSimpleNameNotEndingWith("Meaning")
        .should()
        .dependOnClassesThat()
        .haveSimpleNameStartingWith("FailureKind")
        .orShould()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "io.github.resilientchat.core.internal..", "io.github.resilientchat.core.quota..")
        .check(ADAPTER);
  }

  @Test
  void readsNoClockOfItsOwn() {
    noClasses()
        .should()
        .callMethod(System.class, "nanoTime")
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(Instant.class, "now")
        .orShould()
        .callMethod(Thread.class, "sleep", long.class)
        .check(ADAPTER);
  }
}
