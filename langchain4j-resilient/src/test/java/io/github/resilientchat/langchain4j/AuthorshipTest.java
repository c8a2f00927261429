package io.github.resilientchat.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.ChatMessageDeserializer;
import dev.langchain4j.data.message.ChatMessageSerializer;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.exception.InternalServerException;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.FinishReason;
import io.github.resilientchat.core.route.Target;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Reasoning that only one model can read, in a conversation that moves between models. */
class AuthorshipTest {

  private static final AiMessage SIGNED =
      AiMessage.builder()
          .text("42")
          .thinking("six times seven")
          .attributes(Map.of("thinking_signature", "of opus"))
          .build();

  private final ScriptedModel opus =
      ScriptedModel.named("opus-id").then(request -> answer(SIGNED)).answers("again");
  private final ScriptedModel nova = ScriptedModel.named("nova-id").answers("from nova");

  @Test
  void modelGetsItsOwnReasoningBackAsItWroteIt() {
    List<ChatMessage> conversation = conversation(model().chat(Answers.hello()).aiMessage());

    model().chat(conversation);

    assertThat(lastRequest(opus)).isEqualTo(conversation(SIGNED));
  }

  @Test
  void otherModelGetsOnlyWhatItCanRead() {
    ScriptedModel failing = ScriptedModel.named("opus-id").then(request -> answer(SIGNED));
    failing.fails(new InternalServerException("down"));
    ResilientChatModel model = model(failing);

    model.chat(conversation(model.chat(Answers.hello()).aiMessage()));

    assertThat(lastRequest(nova)).isEqualTo(conversation(AiMessage.from("42")));
  }

  @Test
  void sameModelOfAnotherAccountGetsTheReasoningToo() {
    ScriptedModel green = ScriptedModel.named("opus-id").answers("from green");
    List<ChatMessage> conversation = conversation(model().chat(Answers.hello()).aiMessage());

    ResilientChatModel.builder()
        .target(Target.builder("green").model("opus").build(), green)
        .build()
        .chat(conversation);

    assertThat(lastRequest(green)).isEqualTo(conversation(SIGNED));
  }

  @Test
  void targetsKnownByNameAloneAreComparedByTheirModelsOwnId() {
    ScriptedModel green = ScriptedModel.named("opus-id").answers("from green");
    AiMessage answer =
        ResilientChatModel.builder().target("blue", opus).build().chat(Answers.hello()).aiMessage();

    ResilientChatModel.builder().target("green", green).build().chat(conversation(answer));

    assertThat(lastRequest(green)).isEqualTo(conversation(SIGNED));
  }

  @Test
  void noteSurvivesAChatMemory() {
    AiMessage answer = model().chat(Answers.hello()).aiMessage();

    ChatMessage restored =
        ChatMessageDeserializer.messageFromJson(ChatMessageSerializer.messageToJson(answer));
    ResilientChatModel.builder().target("nova", nova).build().chat(conversation(restored));

    assertThat(restored).isEqualTo(answer);
    assertThat(lastRequest(nova)).isEqualTo(conversation(AiMessage.from("42")));
  }

  @Test
  void answerWithoutReasoningIsLeftAsItIs() {
    assertThat(
            ResilientChatModel.builder()
                .target("nova", nova)
                .build()
                .chat(Answers.hello())
                .aiMessage())
        .isEqualTo(AiMessage.from("from nova"));
  }

  @Test
  void reasoningOfAnUnknownModelIsNobodysToDrop() {
    ResilientChatModel.builder().target("nova", nova).build().chat(conversation(SIGNED));

    assertThat(lastRequest(nova)).isEqualTo(conversation(SIGNED));
  }

  @Test
  void generatedImagesAreForEveryModel() {
    AiMessage drawn =
        AiMessage.builder()
            .text("a cat")
            .attributes(Map.of(AiMessage.GENERATED_IMAGES_KEY, List.of(), "state", "x"))
            .build();

    List<ChatMessage> read =
        Authorship.readableBy("nova", List.of(Authorship.noted(drawn, "opus")));

    assertThat(((AiMessage) read.get(0)).attributes())
        .containsOnlyKeys(AiMessage.GENERATED_IMAGES_KEY);
  }

  private ResilientChatModel model() {
    return model(opus);
  }

  private ResilientChatModel model(ScriptedModel first) {
    return ResilientChatModel.builder()
        .target(Target.builder("blue").model("opus").build(), first)
        .fallback(Target.builder("nova").model("nova").build(), nova)
        .build();
  }

  private static List<ChatMessage> conversation(ChatMessage answer) {
    return List.of(UserMessage.from("6 * 7?"), answer, UserMessage.from("sure?"));
  }

  private static List<ChatMessage> lastRequest(ScriptedModel model) {
    return model.requests().get(model.requests().size() - 1).messages();
  }

  private static ChatResponse answer(AiMessage message) {
    return ChatResponse.builder().aiMessage(message).finishReason(FinishReason.STOP).build();
  }
}
