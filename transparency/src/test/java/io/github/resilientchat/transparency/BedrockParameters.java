package io.github.resilientchat.transparency;

import static io.github.resilientchat.transparency.Reply.text;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.bedrock.BedrockCachePointPlacement;
import dev.langchain4j.model.bedrock.BedrockChatRequestParameters;
import dev.langchain4j.model.bedrock.BedrockGuardrailConfiguration;
import dev.langchain4j.model.bedrock.BedrockServiceTier;
import dev.langchain4j.model.bedrock.BedrockSystemMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import io.github.resilientchat.langchain4j.ResilientChatRequestParameters;
import io.github.resilientchat.transparency.LangChain4jLab.Settings;
import java.util.List;
import java.util.Map;

/** What LangChain4j's parameters of Bedrock's own hold, and which of several count. */
record BedrockParameters(LangChain4jCases cases) {

  void addTo(List<Feature> all) {
    fields(all);
    precedence(all);
  }

  private void fields(List<Feature> all) {
    for (BedrockCachePointPlacement place : BedrockCachePointPlacement.values()) {
      all.add(
          cases.with(
              "cache point " + place,
              text("ok").used(5, 2, 100, 50),
              bedrockParameters()
                  .promptCaching(place)
                  .toolSpecifications(LangChain4jFeatures.PAY)
                  .build()));
    }
    all.add(cases.request("five cache points, which are refused", text("ok"), fiveCachePoints()));
    all.add(
        cases.with(
            "guardrail",
            text("Sorry").reason("guardrail_intervened"),
            bedrockParameters()
                .guardrailConfiguration(
                    BedrockGuardrailConfiguration.builder()
                        .guardrailIdentifier("g1")
                        .guardrailVersion("1")
                        .build())
                .build()));
    for (BedrockServiceTier tier : BedrockServiceTier.values()) {
      all.add(cases.with("tier " + tier, bedrockParameters().serviceTier(tier).build()));
    }
    all.add(
        cases.with(
            "additional fields",
            bedrockParameters()
                .additionalModelRequestField("top_k", 5)
                .additionalModelRequestField("nested", Map.of("a", List.of(1, 2)))
                .build()));
    ChatRequestParameters thinking = bedrockParameters().enableReasoning(1024).build();
    all.add(
        cases.with(
            "reasoning",
            new Settings(thinking, true, java.util.Set.of()),
            Reply.reasoning("signed", "Let me ", "think").andText("Done"),
            thinking));
    all.add(
        cases.of(
            "reasoning sent back",
            text("ok"),
            UserMessage.from("Hi"),
            AiMessage.builder()
                .text("Hello")
                .thinking("hm")
                .attributes(Map.of("thinking_signature", "signed"))
                .build(),
            UserMessage.from("Again")));
    all.add(
        cases.with(
            "cached tokens",
            text("ok").used(5, 2, 100, 50),
            ChatRequestParameters.builder().build()));
    all.add(
        cases.with(
            "a guardrail's trace",
            text("ok").traced("{\"guardrail\":{\"modelOutput\":[\"no\"]}}"),
            ChatRequestParameters.builder().build()));
  }

  private static BedrockChatRequestParameters.Builder bedrockParameters() {
    return BedrockChatRequestParameters.builder();
  }

  /** Four in the system message, and one behind the tools. */
  private static ChatRequest fiveCachePoints() {
    var system = BedrockSystemMessage.builder();
    for (int i = 0; i < 4; i++) {
      system.addTextWithCachePoint("part " + i);
    }
    return ChatRequest.builder()
        .messages(system.build(), UserMessage.from("Hi"))
        .parameters(
            bedrockParameters()
                .promptCaching(BedrockCachePointPlacement.AFTER_TOOLS)
                .toolSpecifications(LangChain4jFeatures.PAY)
                .build())
        .build();
  }

  private void precedence(List<Feature> all) {
    ChatRequestParameters defaults =
        BedrockChatRequestParameters.builder()
            .temperature(0.1)
            .maxOutputTokens(11)
            .additionalModelRequestField("own", 1)
            .build();
    ChatRequestParameters asked =
        BedrockChatRequestParameters.builder()
            .temperature(0.9)
            .additionalModelRequestField("asked", 2)
            .build();
    Settings own = Settings.defaults(defaults);
    all.add(cases.with("defaults alone", own, text("ok"), ChatRequestParameters.builder().build()));
    all.add(cases.with("request over defaults", own, text("ok"), asked));
    all.add(
        cases.with(
            "plain request over Bedrock's defaults",
            own,
            text("ok"),
            ChatRequestParameters.builder().temperature(0.5).build()));
    all.add(cases.with("overrideWith", own, text("ok"), defaults.overrideWith(asked)));
    all.add(
        cases.with("overrideWith the other way", own, text("ok"), asked.overrideWith(defaults)));
    all.add(
        cases.withOurs(
            "our parameters over Bedrock's",
            text("ok"),
            defaults.overrideWith(asked),
            ResilientChatRequestParameters.builder()
                .user("alice")
                .provider(defaults)
                .build()
                .overrideWith(asked)));
    all.add(
        cases.withOurs(
            "our parameters with Bedrock's as defaults",
            text("ok"),
            defaults.overrideWith(asked),
            ResilientChatRequestParameters.builder()
                .user("alice")
                .provider(asked)
                .build()
                .defaultedBy(defaults)));
    all.add(
        cases.withOurs(
            "Bedrock's parameters over ours",
            text("ok"),
            defaults.overrideWith(asked),
            defaults.overrideWith(
                ResilientChatRequestParameters.builder().user("alice").provider(asked).build())));
  }
}
