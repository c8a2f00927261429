package io.github.resilientchat.autoconfigure;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;

/**
 * Which module may know what, over all modules.
 *
 * <p>Ordinary tests, because Surefire 3.5.3 runs no {@code @ArchTest} that is a field, and says
 * nothing (ArchUnit's issue 1442).
 */
class ArchitectureTest {

  private static final JavaClasses TYPES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("io.github.resilientchat");

  private static final String CORE = "io.github.resilientchat.core..";
  private static final String BEDROCK = "io.github.resilientchat.bedrock..";
  private static final String LANGCHAIN4J = "io.github.resilientchat.langchain4j..";
  private static final String SPRING_AI = "io.github.resilientchat.springai..";
  private static final String REDIS_STORE = "io.github.resilientchat.redis..";
  private static final String OBSERVATION = "io.github.resilientchat.observation..";
  private static final String SIMULATOR = "io.github.resilientchat.simulator..";
  private static final String AUTOCONFIGURE = "io.github.resilientchat.autoconfigure..";
  private static final String AWS = "software.amazon..";

  private static void knowsNothingOf(String room, String... others) {
    noClasses()
        .that()
        .resideInAPackage(room)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(others)
        .check(TYPES);
  }

  @Test
  void coreKnowsNoFrameworkAndNoAws() {
    knowsNothingOf(
        CORE,
        AWS,
        "dev.langchain4j..",
        "org.springframework..",
        BEDROCK,
        LANGCHAIN4J,
        SPRING_AI,
        SIMULATOR,
        REDIS_STORE,
        OBSERVATION,
        "io.micrometer..",
        "io.lettuce..",
        AUTOCONFIGURE);
  }

  @Test
  void redisIsKnownToItsStoreAloneWhichKnowsNoFramework() {
    noClasses()
        .that()
        .resideOutsideOfPackages(REDIS_STORE, "..autoconfigure.redis")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(REDIS_STORE, "io.lettuce..", "org.springframework.data.redis..")
        .check(TYPES);
    knowsNothingOf(
        REDIS_STORE,
        AWS,
        BEDROCK,
        LANGCHAIN4J,
        SPRING_AI,
        SIMULATOR,
        AUTOCONFIGURE,
        "dev.langchain4j..",
        "org.springframework..");
  }

  @Test
  void observationKnowsNoFrameworkAndNoAdapterButMicrometer() {
    knowsNothingOf(
        OBSERVATION,
        AWS,
        BEDROCK,
        LANGCHAIN4J,
        SPRING_AI,
        SIMULATOR,
        AUTOCONFIGURE,
        "dev.langchain4j..",
        "org.springframework..");
  }

  @Test
  void langChain4jAdapterKnowsNoOtherFrameworkAndNoAws() {
    knowsNothingOf(LANGCHAIN4J, AWS, BEDROCK, SPRING_AI, "org.springframework..", AUTOCONFIGURE);
  }

  @Test
  void springAiAdapterKnowsNoOtherFrameworkAndNoAws() {
    knowsNothingOf(SPRING_AI, AWS, BEDROCK, LANGCHAIN4J, "dev.langchain4j..", AUTOCONFIGURE);
  }

  @Test
  void bedrockIsKnownOnlyWhereModulesMeet() {
    noClasses()
        .that()
        .resideOutsideOfPackages(BEDROCK, SIMULATOR, AUTOCONFIGURE)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(BEDROCK, AWS)
        .check(TYPES);
  }

  @Test
  void bedrockKnowsNoFramework() {
    knowsNothingOf(
        BEDROCK,
        "dev.langchain4j..",
        "org.springframework..",
        LANGCHAIN4J,
        SPRING_AI,
        AUTOCONFIGURE);
  }

  @Test
  void simulatorStandsAlone() {
    knowsNothingOf(
        SIMULATOR,
        CORE,
        BEDROCK,
        LANGCHAIN4J,
        SPRING_AI,
        AUTOCONFIGURE,
        "software.amazon.awssdk..",
        "dev.langchain4j..",
        "org.springframework..");
  }

  @Test
  void nothingKnowsTheAutoConfiguration() {
    noClasses()
        .that()
        .resideOutsideOfPackage(AUTOCONFIGURE)
        .should()
        .dependOnClassesThat()
        .resideInAPackage(AUTOCONFIGURE)
        .check(TYPES);
  }

  @Test
  void theAutoConfigurationKnowsAwsAndTheSimulatorOnlyWhereItMust() {
    noClasses()
        .that()
        .resideInAPackage(AUTOCONFIGURE)
        .and()
        .resideOutsideOfPackages(
            "..autoconfigure.bedrock", "..autoconfigure.langchain4j", "..autoconfigure.springai")
        .should()
        .dependOnClassesThat()
        .resideInAPackage(AWS)
        .check(TYPES);
    noClasses()
        .that()
        .resideOutsideOfPackages(SIMULATOR, "..autoconfigure.simulator")
        .should()
        .dependOnClassesThat()
        .resideInAPackage(SIMULATOR)
        .check(TYPES);
  }

  @Test
  void noPackageHasACycle() {
    slices().matching("io.github.resilientchat.(**)").should().beFreeOfCycles().check(TYPES);
  }

  @Test
  void machineryOfTheCoreIsNobodyElses() {
    noClasses()
        .that()
        .resideOutsideOfPackage(CORE)
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.github.resilientchat.core.internal..")
        .check(TYPES);
  }

  /** A jar that says none of its own would inherit the parent's. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "core",
        "bedrock",
        "bedrock-simulator",
        "redis-store",
        "observation",
        "langchain4j-resilient",
        "spring-ai-resilient",
        "autoconfigure",
        "autoconfigure-spring-ai-2",
        "autoconfigure-boot-4",
        "starters/langchain4j",
        "starters/spring-ai"
      })
  void everyJarNamesItsModule(String module) throws IOException {
    assertThat(Files.readString(Path.of("..", module, "pom.xml")))
        .containsPattern("<automatic.module.name>io\\.github\\.resilientchat\\.[a-z0-9.]+<");
  }

  @Test
  void everyTypeOfTheAutoConfigurationBelongsToAFeature() {
    noClasses().should().resideInAPackage("io.github.resilientchat.autoconfigure").check(TYPES);
  }

  @Test
  void onlyTheSystemTickersReadTheClock() {
    noClasses()
        .that()
        .doNotHaveFullyQualifiedName("io.github.resilientchat.core.SystemTicker")
        .and()
        .resideOutsideOfPackage(SIMULATOR)
        .should()
        .callMethod(System.class, "nanoTime")
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(Instant.class, "now")
        .check(TYPES);
  }

  @Test
  void onlyTheBlockingDriverSleeps() {
    noClasses()
        .that()
        .doNotHaveFullyQualifiedName("io.github.resilientchat.core.adapter.BlockingDriver")
        .should()
        .callMethod(Thread.class, "sleep", long.class)
        .check(TYPES);
  }

  @Test
  void typesAreNamedByTheirRole() {
    noClasses().should().haveNameMatching(".*(Manager|Helper|Utils?|Impl)(\\$.*)?").check(TYPES);
  }

  @Test
  void autoConfigurationsArePublicAndFinal() {
    classes()
        .that()
        .areAnnotatedWith(AutoConfiguration.class)
        .should()
        .bePublic()
        .andShould()
        .haveModifier(com.tngtech.archunit.core.domain.JavaModifier.FINAL)
        .andShould()
        .haveSimpleNameEndingWith("AutoConfiguration")
        .check(TYPES);
  }

  @Test
  void beanMethodsArePackagePrivate() {
    methods().that().areAnnotatedWith(Bean.class).should().bePackagePrivate().check(TYPES);
  }
}
