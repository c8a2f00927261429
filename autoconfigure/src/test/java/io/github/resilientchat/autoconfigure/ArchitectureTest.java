package io.github.resilientchat.autoconfigure;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Instant;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;

/** Which module may know what, over all modules. */
@AnalyzeClasses(
    packages = "io.github.resilientchat",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  private static final String CORE = "io.github.resilientchat.core..";
  private static final String BEDROCK = "io.github.resilientchat.bedrock..";
  private static final String LANGCHAIN4J = "io.github.resilientchat.langchain4j..";
  private static final String SPRING_AI = "io.github.resilientchat.springai..";
  private static final String SIMULATOR = "io.github.resilientchat.simulator..";
  private static final String AUTOCONFIGURE = "io.github.resilientchat.autoconfigure..";
  private static final String AWS = "software.amazon..";

  @ArchTest
  static final ArchRule coreKnowsNoFrameworkAndNoAws =
      noClasses()
          .that()
          .resideInAPackage(CORE)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              AWS,
              "dev.langchain4j..",
              "org.springframework..",
              BEDROCK,
              LANGCHAIN4J,
              SPRING_AI,
              SIMULATOR,
              AUTOCONFIGURE);

  @ArchTest
  static final ArchRule langChain4jAdapterKnowsNoOtherFrameworkAndNoAws =
      noClasses()
          .that()
          .resideInAPackage(LANGCHAIN4J)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(AWS, BEDROCK, SPRING_AI, "org.springframework..", AUTOCONFIGURE);

  @ArchTest
  static final ArchRule springAiAdapterKnowsNoOtherFrameworkAndNoAws =
      noClasses()
          .that()
          .resideInAPackage(SPRING_AI)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(AWS, BEDROCK, LANGCHAIN4J, "dev.langchain4j..", AUTOCONFIGURE);

  @ArchTest
  static final ArchRule bedrockIsKnownOnlyWhereModulesMeet =
      noClasses()
          .that()
          .resideOutsideOfPackages(BEDROCK, SIMULATOR, AUTOCONFIGURE)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(BEDROCK, AWS);

  @ArchTest
  static final ArchRule bedrockKnowsNoFramework =
      noClasses()
          .that()
          .resideInAPackage(BEDROCK)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "dev.langchain4j..", "org.springframework..", LANGCHAIN4J, SPRING_AI, AUTOCONFIGURE);

  @ArchTest
  static final ArchRule simulatorStandsAlone =
      noClasses()
          .that()
          .resideInAPackage(SIMULATOR)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              CORE,
              BEDROCK,
              LANGCHAIN4J,
              SPRING_AI,
              AUTOCONFIGURE,
              "software.amazon.awssdk..",
              "dev.langchain4j..",
              "org.springframework..");

  @ArchTest
  static final ArchRule nothingKnowsTheAutoConfiguration =
      noClasses()
          .that()
          .resideOutsideOfPackage(AUTOCONFIGURE)
          .should()
          .dependOnClassesThat()
          .resideInAPackage(AUTOCONFIGURE);

  @ArchTest
  static final ArchRule onlyTheSystemTickersReadTheClock =
      noClasses()
          .that()
          .doNotHaveFullyQualifiedName("io.github.resilientchat.core.Ticker")
          .and()
          .resideOutsideOfPackage(SIMULATOR)
          .should()
          .callMethod(System.class, "nanoTime")
          .orShould()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(Instant.class, "now");

  @ArchTest
  static final ArchRule onlyTheBlockingDriverSleeps =
      noClasses()
          .that()
          .doNotHaveFullyQualifiedName("io.github.resilientchat.core.adapter.BlockingDriver")
          .should()
          .callMethod(Thread.class, "sleep", long.class);

  @ArchTest
  static final ArchRule typesAreNamedByTheirRole =
      noClasses().should().haveNameMatching(".*(Manager|Helper|Utils?|Impl)(\\$.*)?");

  @ArchTest
  static final ArchRule autoConfigurationsArePublicAndFinal =
      classes()
          .that()
          .areAnnotatedWith(AutoConfiguration.class)
          .should()
          .bePublic()
          .andShould()
          .haveModifier(com.tngtech.archunit.core.domain.JavaModifier.FINAL)
          .andShould()
          .haveSimpleNameEndingWith("AutoConfiguration");

  @ArchTest
  static final ArchRule beanMethodsArePackagePrivate =
      methods().that().areAnnotatedWith(Bean.class).should().bePackagePrivate();
}
