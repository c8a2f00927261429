package io.github.resilientchat.autoconfigure.springai;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilientchat.autoconfigure.app.BothFrameworksApplication;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.ai.chat.client.ChatClientCustomizer;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import reactor.core.publisher.Hooks;

/** What is done otherwise on Spring Boot 4 and Spring AI 2, on the lines before them. */
@ExtendWith(OutputCaptureExtension.class)
class SpringAi1Test {

  private final ApplicationContextRunner runner =
      new ApplicationContextRunner()
          .withUserConfiguration(BothFrameworksApplication.class)
          .withPropertyValues("spring.main.cloud-platform=none");

  @Test
  void chatClientsGetTheirAdvisorsByTheCustomizerThatThereIs() {
    runner.run(
        context ->
            assertThat(context.getBeansOfType(ChatClientCustomizer.class))
                .containsOnlyKeys("resilientCallerCustomizer"));
  }

  @Test
  void springBootReadsThePropertyOfContextPropagationItself(CapturedOutput log) {
    try {
      runner
          .withPropertyValues("spring.reactor.context-propagation=auto")
          .run(context -> assertThat(context).hasNotFailed());
    } finally {
      Hooks.disableAutomaticContextPropagation();
    }

    assertThat(log.getAll()).doesNotContain("has no effect");
  }
}
