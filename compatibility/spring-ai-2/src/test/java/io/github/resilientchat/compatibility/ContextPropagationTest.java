package io.github.resilientchat.compatibility;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilientchat.autoconfigure.springai.ResilientReactorAutoConfiguration;
import io.github.resilientchat.springai.ResilientChatModel;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.reactor.autoconfigure.ReactorAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import reactor.core.publisher.Hooks;

/** On Spring Boot 4, what the property does depends on a module that WebMVC does not bring. */
@ExtendWith(OutputCaptureExtension.class)
class ContextPropagationTest {

  private static final String PROPERTY = "spring.reactor.context-propagation=";
  private static final String TOLD = PROPERTY + "auto has no effect";

  private final ApplicationContextRunner runner =
      new ApplicationContextRunner()
          .withConfiguration(AutoConfigurations.of(ResilientReactorAutoConfiguration.class))
          .withBean(ResilientChatModel.class, ContextPropagationTest::model);
  private final ApplicationContextRunner withoutReactor =
      runner.withClassLoader(new FilteredClassLoader(ReactorAutoConfiguration.class));

  @AfterEach
  void switchOff() {
    Hooks.disableAutomaticContextPropagation();
  }

  @Test
  void saysWhatToAddWhereNothingReadsTheProperty(CapturedOutput log) {
    withoutReactor.withPropertyValues(PROPERTY + "auto").run(context -> {});

    assertThat(log.getOut())
        .containsOnlyOnce(TOLD)
        .contains("Add org.springframework.boot:spring-boot-reactor");
  }

  @Test
  void saysNothingWhereSpringBootReadsIt(CapturedOutput log) {
    runner
        .withConfiguration(AutoConfigurations.of(ReactorAutoConfiguration.class))
        .withPropertyValues(PROPERTY + "auto")
        .run(context -> assertThat(context).hasNotFailed());

    assertThat(log.getAll()).doesNotContain(TOLD);
  }

  @Test
  void saysNothingToWhomDoesNotAskForIt(CapturedOutput log) {
    for (String value : List.of("limited", "")) {
      withoutReactor.withPropertyValues(PROPERTY + value).run(context -> {});
    }
    withoutReactor.run(context -> {});

    assertThat(log.getAll()).doesNotContain(TOLD);
  }

  private static ResilientChatModel model() {
    return ResilientChatModel.builder()
        .target(
            "one",
            new StrictChatModel(
                StrictOptions.builder().build(), prompt -> new AssistantMessage("ok")))
        .build();
  }
}
