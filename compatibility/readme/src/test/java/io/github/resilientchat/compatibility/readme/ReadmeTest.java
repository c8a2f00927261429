package io.github.resilientchat.compatibility.readme;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * From an empty folder to an answer by pasting: Maven resolves the README's dependency lines from
 * the jars of this build, and runs the command that the README says.
 */
class ReadmeTest {

  private static final String ANSWER = "(?m)^Simulated answer from ";

  @Test
  void whatIsPastedPrintsAnAnswer(@TempDir Path folder) throws Exception {
    String section = PastedProject.section("README.md");

    String printed = new PastedProject(folder).paste(section).run(PastedProject.command(section));

    assertThat(printed).containsPattern(ANSWER).contains("route 'chat', the default:");
  }

  @Test
  void langChain4jIsTheSameWithItsStarter(@TempDir Path folder) throws Exception {
    String section = PastedProject.section("README.md");
    assertThat(section).contains("the same with `langchain4j-resilient-spring-boot-starter`");

    String printed =
        new PastedProject(folder)
            .paste(
                section.replace(
                    "<artifactId>spring-ai-resilient-spring-boot-starter",
                    "<artifactId>langchain4j-resilient-spring-boot-starter"))
            .write("src/main/java/ask/App.java", LANGCHAIN4J)
            .run(PastedProject.command(section));

    assertThat(printed).containsPattern(ANSWER);
  }

  @Test
  void withoutSpringItPrintsAnAnswerToo(@TempDir Path folder) throws Exception {
    String section = PastedProject.section("docs/without-spring.md");

    String printed = new PastedProject(folder).paste(section).run(PastedProject.command(section));

    assertThat(printed).containsPattern(ANSWER);
  }

  private static final String LANGCHAIN4J =
      """
      package ask;

      import dev.langchain4j.service.spring.AiService;
      import org.springframework.boot.CommandLineRunner;
      import org.springframework.boot.SpringApplication;
      import org.springframework.boot.autoconfigure.SpringBootApplication;
      import org.springframework.context.annotation.Bean;

      @SpringBootApplication
      public class App {
        @AiService
        interface Assistant {
          String chat(String question);
        }

        public static void main(String[] args) {
          SpringApplication.run(App.class, args);
        }

        @Bean
        CommandLineRunner ask(Assistant assistant) {
          return args -> System.out.println(assistant.chat("How are you?"));
        }
      }
      """;
}
