package io.github.resilientchat.transparency;

import static io.github.resilientchat.transparency.Reply.text;
import static io.github.resilientchat.transparency.Reply.tool;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.image.Image;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ImageContent;
import dev.langchain4j.data.message.PdfFileContent;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.TextContent;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.data.message.VideoContent;
import dev.langchain4j.data.pdf.PdfFile;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.request.ToolChoice;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.request.json.JsonSchema;
import java.util.List;

/** What a request to LangChain4j's Bedrock models can hold. */
final class LangChain4jFeatures {

  static final ToolSpecification PAY =
      ToolSpecification.builder()
          .name("pay")
          .description("Pays an amount")
          .parameters(
              JsonObjectSchema.builder()
                  .addIntegerProperty("amount")
                  .addStringProperty("currency")
                  .required("amount")
                  .build())
          .build();
  private static final ToolSpecification REFUND =
      ToolSpecification.builder().name("refund").description("Pays back").build();
  private static final JsonSchema SCHEMA =
      JsonSchema.builder()
          .name("city")
          .rootElement(JsonObjectSchema.builder().addStringProperty("name").build())
          .build();
  private static final String PICTURE =
      "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

  private final LangChain4jCases cases;

  LangChain4jFeatures(LangChain4jCases cases) {
    this.cases = cases;
  }

  void addTo(List<Feature> features) {
    messages(features);
    parameters(features);
    tools(features);
  }

  private void messages(List<Feature> all) {
    all.add(cases.of("one message", text("Hello ", "you"), user("Hi")));
    all.add(cases.of("system", text("ok"), SystemMessage.from("Be brief"), user("Hi")));
    all.add(
        cases.of(
            "turns",
            text("ok"),
            user("Hi"),
            AiMessage.from("Hello"),
            user("Again"),
            AiMessage.from("Hello again"),
            user("Once more")));
    all.add(cases.of("empty answer", text("")));
    all.add(cases.of("no text at all", text().reason("end_turn")));
    all.add(cases.of("a megabyte asked", text("ok"), user("0123456789abcdef".repeat(65_536))));
    all.add(cases.of("a megabyte answered", text("0123456789abcdef".repeat(65_536))));
    all.add(
        cases.of(
            "unicode",
            text("Grüße ", "日本 ", "👩‍👩‍👧"),
            user("naïve café – 日本語 👩‍👩‍👧 \u0000\u2028")));
    all.add(cases.of("emoji split over frames", text("smile \ud83d", "\ude00 end")));
    all.add(cases.of("message with a name", text("ok"), UserMessage.from("bob", "Hi")));
    all.add(
        cases.of(
            "image",
            text("A cat"),
            UserMessage.from(TextContent.from("What?"), ImageContent.from(PICTURE, "image/png"))));
    all.add(
        cases.of(
            "document",
            text("A page"),
            UserMessage.from(
                TextContent.from("What?"),
                PdfFileContent.from(PdfFile.builder().base64Data("JVBERi0xLjQK").build()))));
    all.add(
        cases.of(
            "video", text("A film"), UserMessage.from(VideoContent.from("AAAA", "video/mp4"))));
    all.add(
        cases.of(
            "image of unknown type",
            text("?"),
            UserMessage.from(
                ImageContent.from(
                    Image.builder().base64Data(PICTURE).mimeType("image/x").build()))));
  }

  private void parameters(List<Feature> all) {
    all.add(cases.with("temperature", ChatRequestParameters.builder().temperature(0.3).build()));
    all.add(cases.with("topP", ChatRequestParameters.builder().topP(0.9).build()));
    all.add(cases.with("most tokens", ChatRequestParameters.builder().maxOutputTokens(77).build()));
    all.add(
        cases.with(
            "stop sequences",
            ChatRequestParameters.builder().stopSequences("END", "\n\n").build()));
    all.add(cases.with("topK, which is refused", ChatRequestParameters.builder().topK(5).build()));
    all.add(
        cases.with(
            "frequency penalty, which is refused",
            ChatRequestParameters.builder().frequencyPenalty(0.5).build()));
    all.add(
        cases.with(
            "presence penalty, which is refused",
            ChatRequestParameters.builder().presencePenalty(0.5).build()));
    all.add(
        cases.with("JSON schema", ChatRequestParameters.builder().responseFormat(SCHEMA).build()));
    all.add(
        cases.with("a model's name", ChatRequestParameters.builder().modelName(Way.MODEL).build()));
  }

  private void tools(List<Feature> all) {
    ChatRequestParameters pay = ChatRequestParameters.builder().toolSpecifications(PAY).build();
    Reply call = tool("t1", "pay", "{\"amount\":", " 42}");
    all.add(cases.with("tool", call, pay));
    all.add(cases.with("tool without arguments", tool("t1", "refund", "{}"), both()));
    all.add(cases.with("tool without any input", tool("t1", "refund"), both()));
    all.add(
        cases.with(
            "tools at once",
            text("Let me ", "see.")
                .andTool("t1", "pay", "{\"amount\":1}")
                .andTool("t2", "refund", "{}"),
            both()));
    all.add(
        cases.with(
            "tool required",
            call,
            ChatRequestParameters.builder()
                .toolSpecifications(PAY, REFUND)
                .toolChoice(ToolChoice.REQUIRED)
                .build()));
    all.add(
        cases.with(
            "no tool",
            text("ok"),
            ChatRequestParameters.builder()
                .toolSpecifications(PAY)
                .toolChoice(ToolChoice.NONE)
                .build()));
    all.add(cases.with("broken arguments", tool("t1", "pay", "{\"amount\":", " 4"), pay));
    all.add(cases.with("text, then broken arguments", text("wait").andTool("t1", "pay", "{"), pay));
    all.add(cases.with("tool of another reason", call.reason("max_tokens"), pay));
    all.add(
        cases.of(
            "results of tools",
            text("Paid"),
            user("Pay"),
            AiMessage.from(request("t1", "pay", "{\"amount\": 42}"), request("t2", "refund", "{}")),
            ToolExecutionResultMessage.from("t1", "pay", "paid"),
            ToolExecutionResultMessage.builder()
                .id("t2")
                .toolName("refund")
                .text("no such payment")
                .isError(true)
                .build()));
  }

  private static ToolExecutionRequest request(String id, String name, String arguments) {
    return ToolExecutionRequest.builder().id(id).name(name).arguments(arguments).build();
  }

  private static ChatRequestParameters both() {
    return ChatRequestParameters.builder().toolSpecifications(PAY, REFUND).build();
  }

  private static UserMessage user(String text) {
    return UserMessage.from(text);
  }

  static ChatRequest.Builder request() {
    return ChatRequest.builder().messages(user("Hi"));
  }
}
