package io.github.resilientchat.langchain4j;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Instant;

@AnalyzeClasses(
    packages = "io.github.resilientchat.langchain4j",
    importOptions = ImportOption.DoNotIncludeTests.class)
class DependenciesTest {

  @ArchTest
  static final ArchRule knowsNoProvider =
      classes()
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "java..",
              "org.jspecify..",
              "org.slf4j..",
              "dev.langchain4j.agent.tool",
              "dev.langchain4j.data.message",
              "dev.langchain4j.exception",
              "dev.langchain4j.model",
              "dev.langchain4j.model.chat..",
              "dev.langchain4j.model.output",
              "io.github.resilientchat.core..",
              "io.github.resilientchat.langchain4j");

  @ArchTest
  static final ArchRule decidesNothing =
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
              "io.github.resilientchat.core.gate", "io.github.resilientchat.core.quota");

  @ArchTest
  static final ArchRule readsNoClockOfItsOwn =
      noClasses()
          .should()
          .callMethod(System.class, "nanoTime")
          .orShould()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(Instant.class, "now")
          .orShould()
          .callMethod(Thread.class, "sleep", long.class);
}
