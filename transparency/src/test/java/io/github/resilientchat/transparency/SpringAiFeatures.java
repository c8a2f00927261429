package io.github.resilientchat.transparency;

import static io.github.resilientchat.transparency.Reply.text;

import io.github.resilientchat.transparency.SpringAiLab.Settings;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.springframework.ai.bedrock.converse.BedrockChatOptions;
import org.springframework.ai.bedrock.converse.api.BedrockCacheOptions;
import org.springframework.ai.bedrock.converse.api.BedrockCacheStrategy;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.messages.Message;
import org.springframework.ai.chat.messages.SystemMessage;
import org.springframework.ai.chat.messages.UserMessage;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.content.Media;
import org.springframework.ai.model.tool.ToolCallingChatOptions;
import org.springframework.util.MimeType;

/** What a prompt to Spring AI's Bedrock model can hold, and what the service can say to it. */
record SpringAiFeatures(SpringAiCases cases) {

  private static final byte[] BYTES = {1, 2, 3, -1, -2, -3};

  void addTo(List<Feature> all) {
    messages(all);
    media(all);
    options(all);
    service(all);
  }

  private static Message user(String text) {
    return new UserMessage(text);
  }

  private void messages(List<Feature> all) {
    all.add(cases.of("one message", any -> text("Hello ", "you"), user("Hi")));
    all.add(cases.of("system", any -> text("ok"), new SystemMessage("Be brief"), user("Hi")));
    all.add(
        cases.of(
            "turns",
            any -> text("ok"),
            new SystemMessage("Be brief"),
            user("Hi"),
            new AssistantMessage("Hello"),
            user("Again")));
    all.add(cases.of("empty answer", any -> text(""), user("Hi")));
    all.add(cases.of("no text at all", any -> text(), user("Hi")));
    String megabyte = "0123456789abcdef".repeat(65_536);
    all.add(cases.of("a megabyte asked", any -> text("ok"), user(megabyte)));
    all.add(cases.of("a megabyte answered", any -> text(megabyte), user("Hi")));
    all.add(
        cases.of(
            "unicode",
            any -> text("Grüße ", "日本 ", "👩‍👩‍👧"),
            user("naïve – 日本語 👩‍👩‍👧 \u0000\u2028")));
    all.add(
        cases.of("emoji split over frames", any -> text("smile \ud83d", "\ude00 end"), user("Hi")));
    all.add(
        cases.of(
            "request metadata",
            any -> text("ok"),
            UserMessage.builder().text("Hi").metadata(Map.of("tenant", "acme")).build()));
    all.add(
        cases.of(
            "reasoning",
            any -> Reply.reasoning("signed", "Let me ", "think").andText("Done"),
            user("Hi")));
    all.add(
        cases.of(
            "several texts", any -> text("One. ").andText("Two. ").andText("Three."), user("Hi")));
  }

  private void media(List<Feature> all) {
    all.add(cases.of("image of bytes", any -> text("A cat"), with("image/png", BYTES)));
    all.add(
        cases.of(
            "image of base 64",
            any -> text("A cat"),
            with("image/jpeg", Base64.getEncoder().encodeToString(BYTES))));
    all.add(cases.of("document", any -> text("A page"), with("application/pdf", BYTES)));
    all.add(cases.of("video of bytes", any -> text("A film"), with("video/mp4", BYTES)));
    all.add(cases.of("video in S3", any -> text("A film"), with("video/mp4", "s3://bucket/film")));
    all.add(cases.of("media of unknown type", any -> text("?"), with("audio/x", BYTES)));
  }

  private static Message with(String type, Object data) {
    Media.Builder media = Media.builder().mimeType(MimeType.valueOf(type)).name("the name");
    return UserMessage.builder().text("What?").media(List.of(media.data(data).build())).build();
  }

  private void options(List<Feature> all) {
    all.add(cases.with("no options", any -> text("ok"), null));
    all.add(
        cases.with(
            "plain options",
            any -> text("ok"),
            ChatOptions.builder()
                .temperature(0.3)
                .topP(0.9)
                .topK(5)
                .maxTokens(77)
                .stopSequences(List.of("END"))
                .build()));
    all.add(
        cases.with(
            "tool calling options",
            any -> text("ok"),
            ToolCallingChatOptions.builder().temperature(0.3).maxTokens(77).topK(5).build()));
    all.add(
        cases.with(
            "Bedrock's options",
            any -> text("ok"),
            BedrockChatOptions.builder()
                .temperature(0.3)
                .topP(0.9)
                .topK(5)
                .frequencyPenalty(0.1)
                .presencePenalty(0.1)
                .maxTokens(77)
                .stopSequences(List.of("END", "\n\n"))
                .requestParameters(Map.of("a", "b"))
                .build()));
    for (BedrockCacheStrategy strategy : BedrockCacheStrategy.values()) {
      all.add(
          cases.with(
              "cache " + strategy,
              any -> text("ok").used(5, 2, 100, 50),
              BedrockChatOptions.builder()
                  .cacheOptions(BedrockCacheOptions.builder().strategy(strategy).build())
                  .build()));
    }
    Settings own =
        Settings.options(
            BedrockChatOptions.builder()
                .model(Way.MODEL)
                .temperature(0.1)
                .maxTokens(11)
                .stopSequences(List.of("STOP"))
                .cacheOptions(
                    BedrockCacheOptions.builder()
                        .strategy(BedrockCacheStrategy.SYSTEM_ONLY)
                        .build())
                .build());
    all.add(cases.with("defaults alone", own, any -> text("ok"), heard -> null));
    all.add(
        cases.with(
            "plain options over defaults",
            own,
            any -> text("ok"),
            heard -> ChatOptions.builder().temperature(0.9).build()));
    all.add(
        cases.with(
            "Bedrock's options over defaults",
            own,
            any -> text("ok"),
            heard -> BedrockChatOptions.builder().temperature(0.9).topP(0.5).build()));
    all.add(
        cases.with(
            "a model's name",
            any -> text("ok"),
            BedrockChatOptions.builder().model(Way.MODEL).build()));
  }

  private void service(List<Feature> all) {
    for (String reason : ServiceFeatures.STOP_REASONS) {
      all.add(cases.told("stops: " + reason, text("Some ", "text").reason(reason)));
    }
    for (String type : ServiceFeatures.errors()) {
      int status = ServiceFeatures.ERRORS.get(type);
      all.add(cases.told(status + " " + type, ServiceFeatures.errorOf(type)));
    }
    for (String type : ServiceFeatures.STREAM_ERRORS) {
      Reply.Fault fault = new Reply.Fault(0, type, "no more");
      all.add(cases.broken("before content: " + type, text().with(fault)));
      all.add(cases.broken("after content: " + type, text("Some ", "text").with(fault)));
    }
    all.add(cases.broken("a stream cut before content", text().cutShort()));
    all.add(cases.broken("a stream cut after content", text("Some ", "text").cutShort()));
    String[] empty = Collections.nCopies(100, "").toArray(String[]::new);
    all.add(cases.told("empty parts", text(empty)));
    all.add(cases.toldOrNot("no usage", text("ok").uncounted()));
    all.add(cases.told("cached tokens", text("ok").used(5, 2, 100, 50)));
  }
}
