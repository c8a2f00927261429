package io.github.resilientchat.compatibility;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.resilientchat.core.route.Target;
import io.github.resilientchat.springai.ResilientChatModel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.client.advisor.MessageChatMemoryAdvisor;
import org.springframework.ai.chat.memory.ChatMemory;
import org.springframework.ai.chat.memory.MessageWindowChatMemory;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.messages.Message;
import org.springframework.ai.chat.messages.MessageType;
import org.springframework.ai.chat.messages.ToolResponseMessage;
import org.springframework.ai.chat.messages.UserMessage;
import org.springframework.ai.chat.prompt.Prompt;

/** Reasoning that its model must get back and no other may see, with Spring AI 2.0's own loop. */
class SignedReasoningTest {

  private static final String CONVERSATION = "c1";
  private static final Duration AT_MOST = Duration.ofSeconds(60);

  private final AtomicBoolean opusDown = new AtomicBoolean();
  private final AtomicInteger calls = new AtomicInteger();
  private final StrictChatModel opus = model("opus", this::opusAnswers);
  private final StrictChatModel nova = model("nova", this::withTools);
  private final ChatMemory memory = MessageWindowChatMemory.builder().build();
  private Function<Integer, Boolean> opusFailsInLoopAt = results -> false;
  private ChatClient client;

  /** How a turn is asked for. */
  enum Way {
    CALL {
      @Override
      String ask(ChatClient.ChatClientRequestSpec request) {
        return request.call().content();
      }
    },
    STREAM {
      @Override
      String ask(ChatClient.ChatClientRequestSpec request) {
        return String.join("", request.stream().content().collectList().block(AT_MOST));
      }
    };

    abstract String ask(ChatClient.ChatClientRequestSpec request);
  }

  @BeforeEach
  void build() {
    ResilientChatModel model =
        ResilientChatModel.builder()
            .target(Target.builder("blue").model("opus").build(), opus)
            .fallback(Target.builder("nova").model("nova").build(), nova)
            .build();
    client =
        ChatClient.builder(model)
            .defaultAdvisors(MessageChatMemoryAdvisor.builder(memory).build())
            .build();
  }

  @Test
  void standInRefusesWhatBedrockWould() {
    AssistantMessage written = opus.call(new Prompt("book")).getResult().getOutput();
    AssistantMessage stripped =
        AssistantMessage.builder().content("").toolCalls(written.getToolCalls()).build();

    assertThatThrownBy(() -> nova.call(afterTool(written))).hasMessageContaining("signature");
    assertThatThrownBy(() -> opus.call(afterTool(stripped))).hasMessageContaining("thinking");
    assertThat(opus.call(afterTool(written)).getResult().getOutput().getText()).isNotBlank();
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void authorFindsItsReasoningInTheNextTurn(Way way) {
    ask(Way.CALL, "hello");

    assertThat(ask(way, "sure?")).isEqualTo("Answer.");

    assertThat(opus.signatures.gotReasoning()).isTrue();
    assertThat(nova.asked).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void anotherModelGoesOnWithoutIt(Way way) {
    ask(Way.CALL, "hello");
    opusDown.set(true);

    assertThat(ask(way, "sure?")).isEqualTo("Answer.");

    assertThat(nova.signatures.gotReasoning()).isFalse();
    assertThat(nova.signatures.conversations.get(0))
        .extracting(Message::getText)
        .containsExactly("hello", "Answer.", "sure?");
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void conversationThatComesBackIsWholeForItsAuthor(Way way) {
    ask(Way.CALL, "hello");
    Message written = memory.get(CONVERSATION).get(1);
    opusDown.set(true);
    ask(Way.CALL, "sure?");
    opusDown.set(false);

    assertThat(ask(way, "really?")).isEqualTo("Answer.");

    List<Message> read = opus.signatures.conversations.get(1);
    assertThat(read).contains(written).hasSize(5);
    assertThat(read.get(3)).isExactlyInstanceOf(AssistantMessage.class);
  }

  @Test
  void authorFindsItsReasoningInTheMiddleOfAToolLoop() {
    CountingTool tool = new CountingTool();

    assertThat(ask(Way.CALL, "book a flight", tool)).isEqualTo("Booked 2.");

    assertThat(opus.signatures.gotReasoning()).isTrue();
    assertThat(tool.runs).hasValue(2);
    assertThat(nova.asked).isEmpty();
  }

  @Test
  void anotherModelGoesOnWithoutItInTheMiddleOfAToolLoop() {
    opusFailsInLoopAt = results -> results > 0;
    CountingTool tool = new CountingTool();

    assertThat(ask(Way.CALL, "book a flight", tool)).isEqualTo("Booked 2.");

    assertThat(tool.runs).hasValue(2);
    assertThat(nova.asked).hasSize(2);
  }

  @Test
  void toolLoopMayComeBackToItsAuthor() {
    opusFailsInLoopAt = results -> results == 1;
    CountingTool tool = new CountingTool();

    assertThat(ask(Way.CALL, "book a flight", tool)).isEqualTo("Booked 2.");

    assertThat(tool.runs).hasValue(2);
    assertThat(nova.asked).hasSize(1);
    List<Message> read = opus.signatures.conversations.get(1);
    assertThat(read.get(1)).isInstanceOf(SignedMessage.class);
    assertThat(read.get(3)).isExactlyInstanceOf(AssistantMessage.class);
  }

  /** Spring AI 2.0.1 streams no reasoning; a turn before may have left some. */
  @Test
  void streamedToolLoopMovesOnWithoutTheReasoningOfTheTurnBefore() {
    ask(Way.CALL, "hello");
    opusFailsInLoopAt = results -> results == 1;
    CountingTool tool = new CountingTool();

    assertThat(ask(Way.STREAM, "book a flight", tool)).isEqualTo("Booked 2.");

    assertThat(tool.runs).hasValue(2);
    assertThat(nova.signatures.gotReasoning()).isFalse();
    assertThat(opus.signatures.gotReasoning()).isTrue();
  }

  private String ask(Way way, String question, CountingTool... tools) {
    return way.ask(
        client
            .prompt(question)
            .tools((Object[]) tools)
            .advisors(a -> a.param(ChatMemory.CONVERSATION_ID, CONVERSATION)));
  }

  private static Prompt afterTool(AssistantMessage written) {
    ToolResponseMessage result =
        ToolResponseMessage.builder()
            .responses(List.of(new ToolResponseMessage.ToolResponse("t1", "book", "\"booked\"")))
            .build();
    return new Prompt(List.of(new UserMessage("book"), written, result, result));
  }

  private AssistantMessage opusAnswers(Prompt prompt) {
    if (opusDown.get() || opusFailsInLoopAt.apply((int) results(prompt))) {
      throw new UncheckedIOException(new IOException("down"));
    }
    return withTools(prompt);
  }

  /** Books twice, one after the other, when asked to book. */
  private AssistantMessage withTools(Prompt prompt) {
    long results = results(prompt);
    if (prompt.getInstructions().stream()
        .noneMatch(m -> String.valueOf(m.getText()).startsWith("book"))) {
      return new AssistantMessage("Answer.");
    }
    return results == 2
        ? new AssistantMessage("Booked 2.")
        : AssistantMessage.builder()
            .content("")
            .toolCalls(
                List.of(
                    new AssistantMessage.ToolCall(
                        "t" + calls.incrementAndGet(), "function", "book", "{}")))
            .build();
  }

  private static long results(Prompt prompt) {
    return prompt.getInstructions().stream()
        .filter(message -> message.getMessageType() == MessageType.TOOL)
        .count();
  }

  private static StrictChatModel model(String id, Function<Prompt, AssistantMessage> script) {
    return new StrictChatModel(StrictOptions.builder().model(id).build(), script);
  }
}
