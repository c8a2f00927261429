package io.github.resilientchat.springai;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilientchat.core.Capability;
import io.github.resilientchat.core.TokenEstimate;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.ai.chat.messages.SystemMessage;
import org.springframework.ai.chat.messages.UserMessage;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.content.Media;
import org.springframework.ai.model.tool.ToolCallingChatOptions;
import org.springframework.util.MimeType;
import org.springframework.util.MimeTypeUtils;

class RequestFactsTest {

  private final OptionsBridge bridge = OptionsBridge.present(null);

  @Test
  void estimateCountsEveryMessageAndTool() {
    Prompt plain = new Prompt(List.of(new SystemMessage("abcdefgh"), new UserMessage("abcdef")));
    Prompt tools = BedrockContract.withTools(CountingTool.doing(() -> {}));

    assertThat(RequestFacts.estimate(plain, 10)).isEqualTo(new TokenEstimate(4, 10));
    assertThat(RequestFacts.estimate(tools, 10).input()).isGreaterThan(15);
  }

  @Test
  void limitOfTheRequestComesBeforeThatOfTheModels() {
    Prompt prompt = new Prompt("hi", ChatOptions.builder().maxTokens(5).build());

    assertThat(RequestFacts.estimate(prompt, 10).maxOutput()).isEqualTo(5);
    assertThat(RequestFacts.estimate(new Prompt("hi"), null).maxOutput())
        .isEqualTo(TokenEstimate.DEFAULT_MAX_OUTPUT);
  }

  @Test
  void mediaAndToolsAreNeeds() {
    UserMessage message =
        UserMessage.builder()
            .text("look")
            .media(media(MimeTypeUtils.IMAGE_PNG), media(MimeType.valueOf("application/pdf")))
            .build();
    Prompt prompt = new Prompt(message, ToolCallingChatOptions.builder().toolNames("book").build());

    assertThat(RequestFacts.needs(prompt, bridge))
        .containsExactlyInAnyOrder(Capability.IMAGES, Capability.DOCUMENTS, Capability.TOOLS);
    assertThat(RequestFacts.needs(new Prompt("hi"), bridge)).isEmpty();
  }

  private static Media media(MimeType type) {
    return new Media(type, URI.create("https://example.com/file"));
  }
}
