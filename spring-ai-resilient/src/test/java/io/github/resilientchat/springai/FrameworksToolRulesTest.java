package io.github.resilientchat.springai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.resilientchat.simulator.Answer;
import io.micrometer.observation.ObservationRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.ai.bedrock.converse.BedrockChatOptions;
import org.springframework.ai.bedrock.converse.BedrockProxyChatModel;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.metadata.Usage;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.model.tool.ToolCallingManager;
import org.springframework.ai.model.tool.ToolExecutionEligibilityPredicate;
import org.springframework.ai.tool.definition.ToolDefinition;
import org.springframework.ai.tool.execution.ToolExecutionException;
import org.springframework.ai.tool.resolution.StaticToolCallbackResolver;

/** The tool loop is Spring AI's: its predicate, its manager, its model's stop reason and sums. */
@ExtendWith(SharedSimulation.class)
class FrameworksToolRulesTest {

  private final CountingTool tool = CountingTool.named("book");
  private Simulated simulated;

  enum Way {
    CALL {
      @Override
      List<ChatResponse> ask(ChatModel model, Prompt prompt) {
        return List.of(model.call(prompt));
      }
    },
    STREAM {
      @Override
      List<ChatResponse> ask(ChatModel model, Prompt prompt) {
        return Objects.requireNonNull(
            model.stream(prompt).collectList().block(Duration.ofSeconds(30)));
      }
    };

    abstract List<ChatResponse> ask(ChatModel model, Prompt prompt);

    ChatResponse last(ChatModel model, Prompt prompt) {
      List<ChatResponse> all = ask(model, prompt);
      return all.get(all.size() - 1);
    }
  }

  @BeforeEach
  void start(Simulated shared) {
    simulated = shared;
    simulated.answer(
        call ->
            call.request().path("messages").findValues("toolResult").isEmpty()
                ? Answer.text("Let me see.").andToolUse("t0", "book", "{}").withUsage(used(10, 4))
                : Answer.text("Booked.").withUsage(used(20, 5)));
  }

  private static io.github.resilientchat.simulator.Usage used(int input, int output) {
    return new io.github.resilientchat.simulator.Usage(input, output, 7, 3);
  }

  @ParameterizedTest
  @EnumSource
  void toolOfAnAnswerThatStoppedForAnotherReasonDoesNotRun(Way way) {
    for (String reason : List.of("max_tokens", "end_turn", "guardrail_intervened", "new_reason")) {
      simulated.answer(
          call -> Answer.text("I will").andToolUse("t0", "book", "{}").withStopReason(reason));

      assertThat(way.ask(model().build(), prompt())).anyMatch(ChatResponse::hasToolCalls);
    }

    assertThat(tool.runs).hasValue(0);
    assertThat(simulated.bodies).hasSize(4);
  }

  @ParameterizedTest
  @EnumSource
  void predicateDecidesWhetherToolsRun(Way way) {
    ToolExecutionEligibilityPredicate never = (options, answer) -> false;
    ChatModel model = model().toolExecutionEligibilityPredicate(never).build();

    assertThat(way.ask(model, prompt())).anyMatch(ChatResponse::hasToolCalls);

    assertThat(tool.runs).hasValue(0);
  }

  @ParameterizedTest
  @EnumSource
  void managerFindsToolsByNameAndAnswersForTheirFailures(Way way) {
    tool.sideEffect =
        () -> {
          throw new ToolExecutionException(
              ToolDefinition.builder().name("book").inputSchema("{}").build(),
              new IllegalStateException("no plane"));
        };
    ToolCallingManager manager =
        ToolCallingManager.builder()
            .toolCallbackResolver(new StaticToolCallbackResolver(List.of(tool)))
            .toolExecutionExceptionProcessor(failure -> "sorry: " + failure.getMessage())
            .build();
    ChatModel target =
        new BedrockProxyChatModel(
            simulated.client(),
            simulated.asyncClient(),
            BedrockChatOptions.builder().model(Simulated.PRIMARY.model()).build(),
            ObservationRegistry.NOOP,
            manager);
    ChatModel model =
        ResilientChatModel.builder()
            .target(Simulated.PRIMARY, target)
            .toolCallingManager(manager)
            .build();

    way.ask(model, new Prompt("book", BedrockChatOptions.builder().toolNames("book").build()));

    assertThat(tool.runs).hasValue(1);
    assertThat(simulated.bodies.get(1).findValue("toolResult").toString())
        .contains("sorry: no plane");
  }

  @ParameterizedTest
  @EnumSource
  void nextRoundIsToldOfTheToolAndNotOfTheWordsBeforeIt(Way way) {
    way.ask(model().build(), prompt());

    JsonNode said = simulated.bodies.get(1).path("messages").path(1).path("content");
    assertThat(said).hasSize(1);
    assertThat(said.path(0).has("toolUse")).isTrue();
  }

  @ParameterizedTest
  @EnumSource
  void usageOfAllRoundsIsSummedAsTheProvidersOwn(Way way) {
    ChatResponse plain = way.last(simulated.primary(), prompt());
    ChatResponse ours = way.last(model().build(), prompt());

    Usage used = ours.getMetadata().getUsage();
    assertThat(used.getPromptTokens()).isEqualTo(plain.getMetadata().getUsage().getPromptTokens());
    assertThat(used.getTotalTokens()).isEqualTo(plain.getMetadata().getUsage().getTotalTokens());
    assertThat(used.getNativeUsage()).isEqualTo(plain.getMetadata().getUsage().getNativeUsage());
    assertThat(used.getNativeUsage().toString()).contains("CacheReadInputTokens=14");
  }

  @Test
  void partsOfALaterRoundCountTheRoundsBeforeThem() {
    List<ChatResponse> plain = Way.STREAM.ask(simulated.primary(), prompt());
    List<ChatResponse> ours = Way.STREAM.ask(model().build(), prompt());

    assertThat(ours)
        .extracting(part -> part.getMetadata().getUsage().getTotalTokens())
        .isEqualTo(
            plain.stream().map(part -> part.getMetadata().getUsage().getTotalTokens()).toList());
  }

  @Test
  void optionsWithoutToolsHideThoseThatTheModelWasBuiltWith() {
    simulated.answer(call -> Answer.text("Hello."));
    ChatModel model = withToolsOfItsOwn();

    model.call(new Prompt("book", BedrockChatOptions.builder().build()));

    assertThat(simulated.bodies.get(0).has("toolConfig")).isFalse();
  }

  @Test
  void clientOffersTheToolsThatTheModelWasBuiltWith() {
    assertThat(ChatClient.create(withToolsOfItsOwn()).prompt("book").call().content())
        .isEqualTo("Booked.");

    assertThat(tool.runs).hasValue(1);
  }

  @Test
  void predicateThatThrowsEndsTheCall() {
    AtomicInteger asked = new AtomicInteger();
    ToolExecutionEligibilityPredicate broken =
        (options, answer) -> {
          asked.incrementAndGet();
          throw new IllegalStateException("of the predicate");
        };
    ChatModel model = model().toolExecutionEligibilityPredicate(broken).build();

    for (Way way : Way.values()) {
      assertThatThrownBy(() -> way.ask(model, prompt()))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("of the predicate");
    }

    assertThat(asked).hasValue(2);
  }

  private ChatModel withToolsOfItsOwn() {
    ChatModel target =
        simulated.model(
            BedrockChatOptions.builder()
                .model(Simulated.PRIMARY.model())
                .toolCallbacks(tool)
                .build(),
            ObservationRegistry.NOOP);
    return ResilientChatModel.builder().target(Simulated.PRIMARY, target).build();
  }

  private Prompt prompt() {
    return BedrockContract.withTools(tool);
  }

  private ResilientChatModel.Builder model() {
    return ResilientChatModel.builder().target(Simulated.PRIMARY, simulated.primary());
  }
}
