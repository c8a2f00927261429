package io.github.resilientchat.autoconfigure.guide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.model.chat.Capability;
import dev.langchain4j.model.chat.ChatModel;
import io.github.resilientchat.autoconfigure.Startup;
import io.github.resilientchat.autoconfigure.identity.ResilientIdentityAutoConfiguration;
import io.github.resilientchat.autoconfigure.langchain4j.ResilientLangChain4jAutoConfiguration;
import io.github.resilientchat.core.failure.FailureClassifier;
import io.github.resilientchat.core.failure.FailureKind;
import io.github.resilientchat.simulator.BedrockSimulator;
import io.github.resilientchat.simulator.Invocation;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;

/** The beans of the guide to extension points are taken up. */
class ExtensionPointsTest {

  @Test
  void everyBeanIsTakenUp() {
    Startup.simulated()
        .withConfiguration(
            AutoConfigurations.of(
                ResilientIdentityAutoConfiguration.class,
                ResilientLangChain4jAutoConfiguration.class))
        .withUserConfiguration(ExtensionPoints.class)
        .run(
            context -> {
              assertThat(context.getBean(ChatModel.class).chat("How are you?")).isNotBlank();

              assertThat(context.getBean(ChatModel.class).supportedCapabilities())
                  .contains(Capability.RESPONSE_FORMAT_JSON_SCHEMA);
              assertThat(context.getBean(ExtensionPoints.class).answered)
                  .singleElement()
                  .asString()
                  .startsWith("chat: ")
                  .contains("east");
              assertThat(context.getBean(BedrockSimulator.class).invocations())
                  .extracting(Invocation::region)
                  .containsExactly("us-east-1");
            });
  }

  @Test
  void theClassifierKnowsWhatIsWrapped() {
    FailureClassifier classifier = new ExtensionPoints().asleep();

    assertThat(
            classifier.classify(
                new IllegalStateException(new ExtensionPoints.ModelAsleepException())))
        .hasValueSatisfying(failure -> assertThat(failure.kind()).isEqualTo(FailureKind.NOT_READY));
    assertThat(classifier.classify(new IllegalStateException())).isEmpty();
  }
}
