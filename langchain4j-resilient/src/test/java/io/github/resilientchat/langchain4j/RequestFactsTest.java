package io.github.resilientchat.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ImageContent;
import dev.langchain4j.data.message.PdfFileContent;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.TextContent;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.bedrock.BedrockTokenUsage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ResponseFormat;
import dev.langchain4j.model.chat.request.ResponseFormatType;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.request.json.JsonSchema;
import dev.langchain4j.model.output.TokenUsage;
import io.github.resilientchat.core.Caller;
import io.github.resilientchat.core.Capability;
import io.github.resilientchat.core.ModelCall;
import io.github.resilientchat.core.TokenEstimate;
import io.github.resilientchat.core.Usage;
import java.util.List;
import org.junit.jupiter.api.Test;

class RequestFactsTest {

  private static final ModelFacts MODEL = ModelFacts.of(ScriptedModel.named("model-a"));

  @Test
  void everyPieceOfTextIsEstimated() {
    ChatRequest request =
        ChatRequest.builder()
            .messages(
                SystemMessage.from("abcdefg"),
                UserMessage.from("abcdefg"),
                AiMessage.builder()
                    .text("abcdefg")
                    .thinking("abcdefg")
                    .toolExecutionRequests(List.of(Answers.toolCall("tool", "abc")))
                    .build(),
                ToolExecutionResultMessage.from("id", "tool", "abc"))
            .toolSpecifications(ToolSpecification.builder().name("tool").description("abc").build())
            .maxOutputTokens(100)
            .build();

    assertThat(facts(request).estimate()).isEqualTo(new TokenEstimate(14, 100));
  }

  @Test
  void lengthOfTheAnswerIsTheModelsWhenTheRequestDoesNotSay() {
    assertThat(facts(Answers.hello()).estimate().maxOutput()).isEqualTo(7);
  }

  @Test
  void imagesAndDocumentsCountAndAskForTheirCapability() {
    ChatRequest request =
        ChatRequest.builder()
            .messages(
                UserMessage.from(
                    TextContent.from("what is this?"),
                    ImageContent.from("https://example.org/cat.png"),
                    PdfFileContent.from("https://example.org/cat.pdf")))
            .build();

    assertThat(facts(request).needs())
        .containsExactlyInAnyOrder(Capability.IMAGES, Capability.DOCUMENTS);
    assertThat(facts(request).estimate().input()).isGreaterThan(3_200);
  }

  @Test
  void toolsAndSchemasAskForTheirCapability() {
    JsonSchema schema =
        JsonSchema.builder().name("cat").rootElement(JsonObjectSchema.builder().build()).build();
    ChatRequest request =
        Answers.hello().toBuilder()
            .toolSpecifications(ToolSpecification.builder().name("tool").build())
            .responseFormat(
                ResponseFormat.builder().type(ResponseFormatType.JSON).jsonSchema(schema).build())
            .build();

    assertThat(facts(request).needs())
        .containsExactlyInAnyOrder(Capability.TOOLS, Capability.JSON_SCHEMA);
    assertThat(facts(Answers.hello()).needs()).isEmpty();
  }

  @Test
  void cachedTokensAreCountedWhereTheProviderTellsThem() {
    TokenUsage bedrock =
        BedrockTokenUsage.builder()
            .inputTokenCount(1)
            .outputTokenCount(2)
            .cacheReadInputTokens(3)
            .cacheWriteInputTokens(4)
            .build();

    assertThat(AnswerTokens.of(bedrock)).isEqualTo(new Usage(1, 2, 3, 4));
    assertThat(AnswerTokens.of(new CreationUsage())).isEqualTo(new Usage(1, 2, 30, 40));
    assertThat(AnswerTokens.of(new TokenUsage(1, 2))).isEqualTo(Usage.of(1, 2));
  }

  @Test
  void usageIsUnknownWhenTheAnswerDoesNotSay() {
    assertThat(AnswerTokens.of(null)).isNull();
    assertThat(AnswerTokens.of(new TokenUsage())).isNull();
    assertThat(AnswerTokens.of(new TokenUsage(1, null))).isEqualTo(Usage.of(1, 0));
  }

  private static ModelCall facts(ChatRequest request) {
    return RequestFacts.of(request, MODEL, false, Caller.ANONYMOUS);
  }

  /** Names its counts as langchain4j-anthropic does. */
  public static final class CreationUsage extends TokenUsage {

    CreationUsage() {
      super(1, 2);
    }

    public Integer cacheReadInputTokens() {
      return 30;
    }

    public Integer cacheCreationInputTokens() {
      return 40;
    }
  }
}
