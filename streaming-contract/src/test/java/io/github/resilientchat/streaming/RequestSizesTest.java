package io.github.resilientchat.streaming;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.Content;
import dev.langchain4j.data.message.ImageContent;
import dev.langchain4j.data.message.PdfFileContent;
import dev.langchain4j.data.message.TextContent;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import io.github.resilientchat.core.ModelCall;
import io.github.resilientchat.core.TokenEstimate;
import io.github.resilientchat.core.adapter.RequestSize;
import io.github.resilientchat.core.engine.Engine;
import io.github.resilientchat.core.quota.Admission;
import io.github.resilientchat.langchain4j.ResilientChatModel;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.messages.Message;
import org.springframework.ai.chat.messages.ToolResponseMessage;
import org.springframework.ai.chat.messages.UserMessage;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.content.Media;
import org.springframework.ai.model.tool.ToolCallingChatOptions;
import org.springframework.ai.tool.ToolCallback;
import org.springframework.ai.tool.definition.ToolDefinition;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.util.MimeType;
import org.springframework.util.MimeTypeUtils;

/**
 * One rule for the size of a request: the same conversation reserves the same in both frameworks.
 */
class RequestSizesTest {

  private static final String TEXT = "What do you see in there, and what does it mean to you?";

  /** Whose pixels nobody can read. */
  private static final long IMAGE = 4_784;

  /** Whose pages nobody can count. */
  private static final long DOCUMENT = 3_000;

  private final List<TokenEstimate> reserved = new ArrayList<>();
  private final Engine engine = Engine.builder().quotas(this::admit).build();

  private Admission admit(ModelCall call) {
    reserved.add(call.estimate());
    return Admission.Unlimited.INSTANCE;
  }

  private long langChain4j(ChatRequest request) {
    ChatModel target =
        new ChatModel() {
          @Override
          public dev.langchain4j.model.chat.response.ChatResponse doChat(ChatRequest asked) {
            return dev.langchain4j.model.chat.response.ChatResponse.builder()
                .aiMessage(AiMessage.from("hi"))
                .build();
          }
        };
    ResilientChatModel.builder().engine(engine).target("a", target).build().chat(request);
    return reserved.remove(0).input();
  }

  private long springAi(Prompt prompt) {
    org.springframework.ai.chat.model.ChatModel target =
        asked -> new ChatResponse(List.of(new Generation(new AssistantMessage("hi"))));
    io.github.resilientchat.springai.ResilientChatModel.builder()
        .engine(engine)
        .target("a", target)
        .build()
        .call(prompt);
    return reserved.remove(0).input();
  }

  private static long tokensOf(String... texts) {
    RequestSize size = new RequestSize();
    List.of(texts).forEach(size::text);
    return size.estimate(0).input();
  }

  @Test
  void threeImagesReserveTheSame() {
    List<Content> contents = new ArrayList<>(List.of(TextContent.from(TEXT)));
    contents.addAll(Collections.nCopies(3, ImageContent.from("aW1hZ2U=", "image/png")));
    List<Media> media = Collections.nCopies(3, media(MimeTypeUtils.IMAGE_PNG));

    assertThat(langChain4j(user(contents))).isEqualTo(3 * IMAGE + tokensOf(TEXT));
    assertThat(springAi(shown(media))).isEqualTo(3 * IMAGE + tokensOf(TEXT));
  }

  @Test
  void documentReservesTheSame() {
    List<Content> contents =
        List.of(TextContent.from(TEXT), PdfFileContent.from("cGRm", "application/pdf"));

    assertThat(langChain4j(user(contents))).isEqualTo(DOCUMENT + tokensOf(TEXT));
    assertThat(springAi(shown(List.of(media(MimeType.valueOf("application/pdf"))))))
        .isEqualTo(DOCUMENT + tokensOf(TEXT));
  }

  @Test
  void reasoningThatIsSentBackReservesTheSame() {
    String reasoning = "The user wants to know what it means to me. ".repeat(20);
    ChatRequest request = request(AiMessage.builder().text(TEXT).thinking(reasoning).build());
    Message said =
        AssistantMessage.builder()
            .content(TEXT)
            .properties(Map.of("reasoningContent", reasoning))
            .build();

    assertThat(langChain4j(request)).isEqualTo(tokensOf(TEXT, reasoning));
    assertThat(springAi(new Prompt(List.of(said)))).isEqualTo(tokensOf(TEXT, reasoning));
  }

  @Test
  void toolCallAndItsResultReserveTheSame() {
    String arguments = "{\"city\":\"Bern\"}";
    String result = "21 degrees and a light wind";
    ToolExecutionRequest call =
        ToolExecutionRequest.builder().id("use-1").name("weather").arguments(arguments).build();
    ChatRequest request =
        request(AiMessage.from(call), ToolExecutionResultMessage.from(call, result));
    List<Message> messages =
        List.of(
            AssistantMessage.builder()
                .content("")
                .toolCalls(
                    List.of(
                        new AssistantMessage.ToolCall("use-1", "function", "weather", arguments)))
                .build(),
            ToolResponseMessage.builder()
                .responses(
                    List.of(new ToolResponseMessage.ToolResponse("use-1", "weather", result)))
                .build());

    long expected = tokensOf("weather", arguments, "weather", result);
    assertThat(langChain4j(request)).isEqualTo(expected);
    assertThat(springAi(new Prompt(messages))).isEqualTo(expected);
  }

  @Test
  void schemaOfAToolReservesTheSame() {
    ToolSpecification tool =
        ToolSpecification.builder()
            .name("weather")
            .description("Tells the weather of a city")
            .parameters(
                JsonObjectSchema.builder()
                    .addStringProperty("city", "where to look")
                    .addIntegerProperty("days", "how far ahead")
                    .required("city")
                    .build())
            .build();
    ChatRequest request =
        ChatRequest.builder()
            .messages(dev.langchain4j.data.message.UserMessage.from(TEXT))
            .toolSpecifications(tool)
            .build();

    assertThat(langChain4j(request)).isEqualTo(springAi(new Prompt(TEXT, weather())));
  }

  private static ChatOptions weather() {
    ToolDefinition definition =
        ToolDefinition.builder()
            .name("weather")
            .description("Tells the weather of a city")
            .inputSchema(
                "{\"type\":\"object\",\"properties\":{\"city\":{\"type\":\"string\","
                    + "\"description\":\"where to look\"},\"days\":{\"type\":\"integer\","
                    + "\"description\":\"how far ahead\"}},\"required\":[\"city\"]}")
            .build();
    return ToolCallingChatOptions.builder()
        .toolCallbacks(
            new ToolCallback() {
              @Override
              public ToolDefinition getToolDefinition() {
                return definition;
              }

              @Override
              public String call(String input) {
                return "";
              }
            })
        .build();
  }

  private static ChatRequest request(ChatMessage... messages) {
    return ChatRequest.builder().messages(messages).build();
  }

  private static ChatRequest user(List<Content> contents) {
    return request(dev.langchain4j.data.message.UserMessage.from(contents));
  }

  private static Prompt shown(List<Media> media) {
    return new Prompt(UserMessage.builder().text(TEXT).media(media).build());
  }

  private static Media media(MimeType type) {
    return Media.builder().mimeType(type).data(new ByteArrayResource("media".getBytes())).build();
  }
}
