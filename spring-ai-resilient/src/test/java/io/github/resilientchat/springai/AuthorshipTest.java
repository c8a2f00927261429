package io.github.resilientchat.springai;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilientchat.core.route.Target;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.messages.Message;
import org.springframework.ai.chat.messages.UserMessage;
import org.springframework.ai.chat.metadata.ChatGenerationMetadata;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;
import org.springframework.ai.chat.model.MessageAggregator;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.model.tool.ToolCallingChatOptions;
import reactor.core.publisher.Flux;

/** What only one model can read, in a conversation that moves between models. */
class AuthorshipTest {

  private static final AssistantMessage.ToolCall CALL =
      new AssistantMessage.ToolCall("c1", "function", "book", "{}");

  private final Author opus = new Author("opus", Author::signed);
  private final Author nova = new Author("nova", model -> new AssistantMessage("of nova"));

  @Test
  void authorGetsTheVeryMessageThatItWrote() {
    ResilientChatModel model = model("opus");
    Message written = answer(model.call(new Prompt("hi")));

    model.call(conversation(written));

    assertThat(written).isInstanceOf(Signed.class);
    assertThat(opus.lastAnswer()).isSameAs(written);
  }

  @Test
  void anotherModelGetsTheTextTheToolCallsAndNothingElse() {
    ResilientChatModel model = model("opus");
    Message written = answer(model.call(new Prompt("hi")));
    opus.down = true;

    model.call(conversation(written));

    AssistantMessage read = nova.lastAnswer();
    assertThat(read).isExactlyInstanceOf(AssistantMessage.class);
    assertThat(read.getText()).isEqualTo("42");
    assertThat(read.getToolCalls()).containsExactly(CALL);
    assertThat(read.getMetadata()).containsOnlyKeys("messageType");
  }

  @Test
  void conversationThatReturnsToItsAuthorIsWholeAgain() {
    ResilientChatModel model = model("opus");
    Message written = answer(model.call(new Prompt("hi")));
    Prompt conversation = conversation(written);
    opus.down = true;
    model.call(conversation);
    opus.down = false;

    ResilientChatModel.builder().target(target("third", "opus"), opus).build().call(conversation);

    assertThat(opus.lastAnswer()).isSameAs(written);
  }

  @Test
  void metadataOfAnotherModelInAPlainMessageIsDroppedToo() {
    Author thinking = new Author("thinking", Author::thinking);
    Message written =
        answer(
            ResilientChatModel.builder()
                .target(target("one", "thinking"), thinking)
                .build()
                .call(new Prompt("hi")));

    model("opus").call(conversation(written));

    assertThat(written.getMetadata()).containsKey("signature");
    assertThat(opus.lastAnswer().getMetadata()).doesNotContainKey("signature");
  }

  @Test
  void noteSurvivesTheAggregationOfAStream() {
    Author thinking = new Author("thinking", Author::thinking);
    ChatModel model =
        ResilientChatModel.builder().target(target("one", "thinking"), thinking).build();
    List<ChatResponse> whole = new ArrayList<>();
    new MessageAggregator().aggregate(model.stream(new Prompt("hi")), whole::add).blockLast();

    model("opus").call(conversation(answer(whole.get(0))));

    assertThat(opus.lastAnswer().getMetadata()).doesNotContainKey("signature");
  }

  @Test
  void targetsKnownByNameAloneAreComparedByTheirModelsOwnId() {
    Message written =
        answer(ResilientChatModel.builder().target("one", opus).build().call(new Prompt("hi")));
    Author green = new Author("opus", Author::signed);

    ResilientChatModel.builder().target("two", green).build().call(conversation(written));

    assertThat(green.lastAnswer()).isSameAs(written);
  }

  @Test
  void inferenceProfilesOfOneFoundationModelAreOneAuthor() {
    Message written =
        answer(
            ResilientChatModel.builder()
                .target(profile("us.opus"), opus)
                .build()
                .call(new Prompt("hi")));
    Author european = new Author("eu.opus", Author::signed);

    ResilientChatModel.builder()
        .target(profile("eu.opus"), european)
        .build()
        .call(conversation(written));

    assertThat(european.lastAnswer()).isSameAs(written);
  }

  private static Target profile(String id) {
    return Target.builder(id).model(id).foundationModel("opus").build();
  }

  @Test
  void answerThatAnyModelCanReadCarriesNoNote() {
    ChatModel model = ResilientChatModel.builder().target("nova", nova).build();

    assertThat(answer(model.call(new Prompt("hi")))).isEqualTo(new AssistantMessage("of nova"));
    assertThat(answer(model.stream(new Prompt("hi")).blockFirst()))
        .isEqualTo(new AssistantMessage("of nova"));
  }

  @Test
  void whatAnUnknownModelWroteIsNobodysToDrop() {
    Signed restored = new Signed("42", "of an unknown model");

    ResilientChatModel.builder().target("nova", nova).build().call(conversation(restored));

    assertThat(nova.lastAnswer()).isSameAs(restored);
  }

  @Test
  void modelThatComesBackIntoAToolLoopFindsItsOwnWordsInIt() {
    opus.runsTools = true;
    nova.runsTools = true;
    opus.writes =
        model -> opus.asked.size() < 3 ? Author.signed(model) : new AssistantMessage("Done.");
    nova.writes = model -> new Signed("and 43", model);
    CountingTool tool = CountingTool.doing(() -> opus.down = !opus.down);

    ChatResponse answer = model("opus").call(BedrockContract.withTools(tool));

    assertThat(answer(answer).getText()).isEqualTo("Done.");
    assertThat(tool.runs).hasValue(2);
    assertThat(nova.lastAnswer()).isExactlyInstanceOf(AssistantMessage.class);
    assertThat(opus.lastAnswer()).isInstanceOf(Signed.class);
    assertThat(last(opus).getInstructions().get(3)).isExactlyInstanceOf(AssistantMessage.class);
  }

  private static Prompt last(Author author) {
    return author.asked.get(author.asked.size() - 1);
  }

  private ResilientChatModel model(String first) {
    return ResilientChatModel.builder()
        .target(target("first", first), opus)
        .fallback(target("nova", "amazon.nova"), nova)
        .build();
  }

  private static Target target(String name, String model) {
    return Target.builder(name).model(model).build();
  }

  private static Prompt conversation(Message answer) {
    return new Prompt(List.of(new UserMessage("6 * 7?"), answer, new UserMessage("sure?")));
  }

  private static AssistantMessage answer(ChatResponse response) {
    return response.getResult().getOutput();
  }

  /** A message type that only its own model knows. */
  private static final class Signed extends AssistantMessage {

    Signed(String text, String signature) {
      super(text, Map.of("signedBy", signature), List.of(CALL), List.of());
    }
  }

  private static final class Author implements ChatModel {

    private final List<Prompt> asked = new ArrayList<>();
    private final String id;
    private Function<String, AssistantMessage> writes;
    private boolean down;
    private boolean runsTools;

    Author(String id, Function<String, AssistantMessage> writes) {
      this.id = id;
      this.writes = writes;
    }

    static AssistantMessage signed(String model) {
      return new Signed("42", model);
    }

    static AssistantMessage thinking(String model) {
      return AssistantMessage.builder()
          .content("42")
          .properties(Map.of("signature", model))
          .build();
    }

    AssistantMessage lastAnswer() {
      return (AssistantMessage) last(this).getInstructions().get(1);
    }

    @Override
    public ChatOptions getDefaultOptions() {
      return ToolCallingChatOptions.builder()
          .model(id)
          .internalToolExecutionEnabled(runsTools)
          .build();
    }

    @Override
    public ChatResponse call(Prompt prompt) {
      asked.add(prompt);
      if (down) {
        throw new UncheckedIOException(new IOException("down"));
      }
      ChatGenerationMetadata end =
          ChatGenerationMetadata.builder().finishReason("end_turn").build();
      return new ChatResponse(List.of(new Generation(writes.apply(id), end)));
    }

    @Override
    public Flux<ChatResponse> stream(Prompt prompt) {
      return Flux.defer(() -> Flux.just(call(prompt)));
    }
  }
}
