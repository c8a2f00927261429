package io.github.resilientchat.springai;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.ai.bedrock.converse.BedrockChatOptions;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.model.tool.ToolCallingChatOptions;

class MergingOptionsTest {

  private final OptionsBridge bridge = OptionsBridge.present(null);
  private final CountingTool tool = CountingTool.doing(() -> {});
  private final Model model =
      new Model(
          BedrockChatOptions.builder()
              .model("own")
              .maxTokens(111)
              .toolCallbacks(tool)
              .toolContext(Map.of("own", 1))
              .build());

  private record Model(BedrockChatOptions own) implements ChatModel {
    @Override
    public ChatResponse call(Prompt prompt) {
      throw new UnsupportedOperationException();
    }

    @Override
    public ChatOptions getDefaultOptions() {
      return own;
    }
  }

  @Test
  void modelNameOfARequestReachesNoModelAndStaysInTheRequest() {
    BedrockChatOptions request = BedrockChatOptions.builder().model("route").topP(0.5).build();

    ChatOptions asked = bridge.merge(model.own(), request);

    assertThat(asked.getModel()).isNull();
    assertThat(asked.getTopP()).isEqualTo(0.5);
    assertThat(request.getModel()).isEqualTo("route");
  }

  @Test
  void plainOptionsKeepTheModelFromRunningItsTools() {
    ChatOptions asked = bridge.merge(model.own(), ChatOptions.builder().model("route").build());

    assertThat(((ToolCallingChatOptions) asked).getInternalToolExecutionEnabled()).isFalse();
    assertThat(asked.getModel()).isNull();
  }

  @Test
  void optionsOfARequestHideTheToolsOfABedrockModelAsTheyDoWithoutUs() {
    ToolCallingChatOptions asked =
        (ToolCallingChatOptions)
            bridge.merge(
                model.own(), BedrockChatOptions.builder().toolContext(Map.of("r", 2)).build());

    assertThat(asked.getToolCallbacks()).isEmpty();
    assertThat(asked.getToolContext()).isEqualTo(Map.of("r", 2));
  }

  @Test
  void clientStartsFromTheToolsOfAllModelsOfTheRoute() {
    CountingTool another = CountingTool.named("other");
    BedrockChatOptions second =
        BedrockChatOptions.builder()
            .toolCallbacks(CountingTool.named("book"), another)
            .toolContext(Map.of("own", 2, "second", 2))
            .build();

    ToolCallingChatOptions offered =
        (ToolCallingChatOptions)
            bridge.offering(new BedrockChatOptions(), List.of(model.own(), second));

    assertThat(offered.getToolCallbacks()).containsExactly(tool, another);
    assertThat(offered.getToolContext()).isEqualTo(Map.of("own", 1, "second", 2));
  }

  @Test
  void withoutOptionsTheModelsOwnApplyExceptThatItRunsNoTools() {
    ToolCallingChatOptions asked = (ToolCallingChatOptions) bridge.merge(model.own(), null);

    assertThat(asked.getModel()).isEqualTo("own");
    assertThat(asked.getInternalToolExecutionEnabled()).isFalse();
    assertThat(model.own().getInternalToolExecutionEnabled()).isNull();
  }

  @Test
  void emptyOptionsAreOfTheModelsTypeAndPinNothing() {
    ChatOptions empty = EmptyOptions.like(model.own(), bridge);

    assertThat(empty).isEqualTo(new BedrockChatOptions()).isNotSameAs(model.own());
    assertThat(EmptyOptions.like(null, bridge)).isInstanceOf(ToolCallingChatOptions.class);
  }
}
