package io.github.resilientchat.compatibility;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.resilientchat.core.engine.Engine;
import io.github.resilientchat.core.quota.Limits;
import io.github.resilientchat.core.quota.Plan;
import io.github.resilientchat.core.quota.PlanQuotas;
import io.github.resilientchat.core.report.QuotaExceededException;
import io.github.resilientchat.core.report.UnknownRouteException;
import io.github.resilientchat.springai.CallerAdvisor;
import io.github.resilientchat.springai.ResilientChatModel;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.messages.MessageType;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.chat.prompt.Prompt;

/** What the jar compiled against Spring AI 1.1 does on 2.0, called and streamed. */
abstract class Spring2Contract {

  private final AtomicBoolean primaryDown = new AtomicBoolean();
  private final StrictChatModel primary =
      new StrictChatModel(
          StrictOptions.builder().model("primary-id").maxTokens(111).temperature(0.1).build(),
          this::primaryAnswer);
  private final StrictChatModel fallback =
      new StrictChatModel(
          StrictOptions.builder().model("fallback-id").maxTokens(900).tier("own").build(),
          Spring2Contract::toolThenText);
  private final CountingTool tool = new CountingTool();

  abstract ChatResponse ask(ChatModel model, Prompt prompt);

  abstract String ask(ChatClient.ChatClientRequestSpec request);

  @Test
  void compiledAgainstOneLineItRunsOnTheOther() {
    assertThat(ChatOptions.class.getMethods())
        .anyMatch(method -> method.getName().equals("mutate"));
  }

  @Test
  void nothingOfThePrimaryReachesTheFallback() {
    primaryDown.set(true);

    assertThat(ask(client().prompt("hello"))).isEqualTo("Answer.");

    StrictOptions options = fallback.asked.get(0);
    assertThat(options.getModel()).isEqualTo("fallback-id");
    assertThat(options.getMaxTokens()).isEqualTo(900);
    assertThat(options.getTemperature()).isNull();
    assertThat(options.tier()).isEqualTo("own");
  }

  @Test
  void plainOptionsOfAPromptGoOverThoseOfTheModel() {
    ChatOptions plain = ChatOptions.builder().maxTokens(77).build();

    ask(model().build(), new Prompt("hello", plain));

    assertThat(primary.asked.get(0).getMaxTokens()).isEqualTo(77);
    assertThat(primary.asked.get(0).getModel()).isEqualTo("primary-id");
    assertThat(primary.asked.get(0).getTemperature()).isEqualTo(0.1);
  }

  @Test
  void optionsOfTheModelsOwnTypeSurviveTheClient() {
    primaryDown.set(true);

    ask(client().prompt("hello").options(StrictOptions.builder().tier("asked")));

    assertThat(fallback.asked.get(0).tier()).isEqualTo("asked");
  }

  @Test
  void emptyOptionsAreOfTheModelsOwnType() {
    ChatOptions empty = model().build().getOptions();

    assertThat(empty).isInstanceOf(StrictOptions.class);
    assertThat(empty.getModel()).isNull();
    assertThat(empty.getMaxTokens()).isNull();
  }

  @Test
  void toolRunsOnceWhenTheSecondCallFallsBack() {
    String answer = ask(client().prompt("book a flight").tools(tool));

    assertThat(answer).isEqualTo("Booked.");
    assertThat(tool.runs).hasValue(1);
    assertThat(primary.asked).hasSize(2);
    assertThat(fallback.asked).hasSize(1);
  }

  @Test
  void modelItselfRunsNoTools() {
    ChatOptions tools = StrictOptions.builder().toolCallbacks(tool).build();

    assertThat(ask(model().build(), new Prompt("book", tools)).hasToolCalls()).isTrue();
    assertThat(tool.runs).hasValue(0);
  }

  @Test
  void answerSaysWhoServedIt() {
    primaryDown.set(true);

    ChatResponse answer = ask(model().build(), new Prompt("hello"));

    assertThat(answer.getMetadata().getModel()).isEqualTo("fallback");
    assertThat(answer.getMetadata().<String>get("resilient.target")).isEqualTo("fallback");
    assertThat(answer.getMetadata().<Integer>get("resilient.attempts")).isEqualTo(2);
    assertThat(answer.getMetadata().getUsage().getTotalTokens()).isEqualTo(13);
  }

  @Test
  void modelNameOfAPromptSelectsARoute() {
    Prompt prompt = new Prompt("hello", ChatOptions.builder().model("gpt").build());

    assertThatThrownBy(() -> ask(model().build(), prompt))
        .isInstanceOf(UnknownRouteException.class);
  }

  @Test
  void everyCallAroundAToolCountsForTheUserOfTheAdvisorParameter() {
    Plan plan = new Plan("small", Limits.parse("3rpm"), Set.of());
    PlanQuotas quotas = PlanQuotas.builder().everyone(plan).build();
    ResilientChatModel model = model().engine(Engine.builder().quotas(quotas).build()).build();
    ChatClient client = ChatClient.builder(model).defaultAdvisors(new CallerAdvisor()).build();

    ask(as("alice", client.prompt("book").tools(tool)));
    ask(as("alice", client.prompt("hello")));

    assertThatThrownBy(() -> ask(as("alice", client.prompt("hello"))))
        .isInstanceOf(QuotaExceededException.class);
    ask(as("bob", client.prompt("hello")));
  }

  private static ChatClient.ChatClientRequestSpec as(
      String user, ChatClient.ChatClientRequestSpec request) {
    return request.advisors(advisors -> advisors.param(CallerAdvisor.USER, user));
  }

  private ChatClient client() {
    return ChatClient.create(model().build());
  }

  private ResilientChatModel.Builder model() {
    return ResilientChatModel.builder().target("primary", primary).fallback("fallback", fallback);
  }

  /** Fails with the tool's result, or throughout once it is down. */
  private AssistantMessage primaryAnswer(Prompt prompt) {
    if (primaryDown.get() || toldOfTool(prompt)) {
      throw new UncheckedIOException(new java.io.IOException("down"));
    }
    return toolThenText(prompt);
  }

  private static AssistantMessage toolThenText(Prompt prompt) {
    if (toldOfTool(prompt)) {
      return new AssistantMessage("Booked.");
    }
    if (!prompt.getContents().startsWith("book")) {
      return new AssistantMessage("Answer.");
    }
    return AssistantMessage.builder()
        .content("")
        .toolCalls(List.of(new AssistantMessage.ToolCall("t1", "function", "book", "{}")))
        .build();
  }

  private static boolean toldOfTool(Prompt prompt) {
    return prompt.getInstructions().stream()
        .anyMatch(message -> message.getMessageType() == MessageType.TOOL);
  }
}
