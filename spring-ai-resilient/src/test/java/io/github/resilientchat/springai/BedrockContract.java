package io.github.resilientchat.springai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.resilientchat.core.Caller;
import io.github.resilientchat.core.engine.Engine;
import io.github.resilientchat.core.quota.Limits;
import io.github.resilientchat.core.quota.Plan;
import io.github.resilientchat.core.quota.PlanQuotas;
import io.github.resilientchat.core.report.NoTargetAvailableException;
import io.github.resilientchat.core.report.QuotaExceededException;
import io.github.resilientchat.core.report.UnknownCallerException;
import io.github.resilientchat.core.report.UnknownRouteException;
import io.github.resilientchat.core.route.Route;
import io.github.resilientchat.core.route.Target;
import io.github.resilientchat.simulator.Answer;
import io.github.resilientchat.simulator.ConverseCall;
import io.github.resilientchat.simulator.Fault;
import io.github.resilientchat.simulator.Usage;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.model.tool.ToolCallingChatOptions;
import software.amazon.awssdk.services.bedrockruntime.model.ValidationException;

/** What holds for a whole answer and for a streamed one, with Spring AI's own Bedrock model. */
@ExtendWith(SharedSimulation.class)
abstract class BedrockContract {

  Simulated simulated;

  /** The parts of the answer. */
  abstract List<ChatResponse> ask(ChatModel model, Prompt prompt);

  abstract String ask(ChatClient.ChatClientRequestSpec request);

  @BeforeEach
  void start(Simulated shared) {
    simulated = shared;
  }

  @Test
  void primaryAnswersWithItsOwnOptions() {
    List<ChatResponse> answer = ask(simulated.both().build(), new Prompt("hello"));

    assertThat(text(answer)).isEqualTo("Answer of test.primary-v1.");
    assertThat(simulated.called(1)).containsExactly("primary");
    assertThat(simulated.bodies.get(0).at("/inferenceConfig/maxTokens").asInt()).isEqualTo(111);
  }

  @Test
  void fallbackAnswersWhenThePrimaryIsThrottled() {
    simulated.primaryFails(429, "ThrottlingException");

    List<ChatResponse> answer = ask(simulated.both().build(), new Prompt("hello"));

    assertThat(text(answer)).isEqualTo("Answer of test.fallback-v1.");
    assertThat(simulated.called(2)).containsExactly("primary", "fallback");
  }

  @Test
  void nothingOfThePrimaryReachesTheFallback() {
    simulated.primaryFails(503, "ServiceUnavailableException");
    ResilientChatModel model = simulated.both().build();

    ask(ChatClient.create(model).prompt("hello"));

    NaiveChatModelTest.assertFallbackAskedByItself(simulated);
  }

  @Test
  void answerSaysWhoServedItAndWhy() {
    simulated.primaryFails(503, "ServiceUnavailableException");

    ChatResponse last = last(ask(simulated.both().build(), new Prompt("hello")));

    assertThat(last.getMetadata().getModel()).isEqualTo("test.fallback-v1");
    assertThat(last.getMetadata().getId()).isNotBlank();
    assertThat(last.getMetadata().<String>get("resilient.route")).isEqualTo("default");
    assertThat(last.getMetadata().<String>get("resilient.target")).isEqualTo("fallback");
    assertThat(last.getMetadata().<String>get("resilient.region")).isEqualTo("us-east-1");
    assertThat(last.getMetadata().<String>get("resilient.account")).isEqualTo("main");
    assertThat(last.getMetadata().<Boolean>get("resilient.fallback")).isTrue();
    assertThat(last.getMetadata().<Integer>get("resilient.attempts")).isEqualTo(2);
    assertThat(last.getMetadata().<List<String>>get("resilient.moves"))
        .singleElement()
        .asString()
        .startsWith("primary: NO_CAPACITY");
    assertThat(last.getResult().getMetadata().getFinishReason()).isEqualTo("end_turn");
    assertThat(last.getResult().getMetadata().<String>get("resilient.target"))
        .isEqualTo("fallback");
  }

  @Test
  void refusedRequestReachesTheCallerAsItIsAndNobodyElse() {
    simulated.primaryFails(400, "ValidationException");

    assertThatThrownBy(() -> ask(simulated.both().build(), new Prompt("hello")))
        // A stream's comes in the SDK's wrapping, as it does without us.
        .matches(
            error ->
                (error instanceof CompletionException ? error.getCause() : error)
                    instanceof ValidationException);
    assertThat(simulated.called(1)).containsExactly("primary");
  }

  @Test
  void callFailsWithEveryReasonWhenNoTargetCanAnswer() {
    simulated.bedrock.fault(Fault.httpError(503, "ServiceUnavailableException", "injected"));

    assertThatThrownBy(() -> ask(simulated.both().build(), new Prompt("hello")))
        .isInstanceOf(NoTargetAvailableException.class)
        .hasMessageContaining("primary: NO_CAPACITY")
        .hasMessageContaining("fallback: NO_CAPACITY");
  }

  @Test
  void plainOptionsOfThePromptApplyToWhoeverAnswers() {
    simulated.primaryFails(503, "ServiceUnavailableException");
    ChatOptions options = ChatOptions.builder().maxTokens(77).temperature(0.5).build();

    ask(simulated.both().build(), new Prompt("hello", options));

    assertThat(simulated.bodies.get(0).path("inferenceConfig").toString())
        .isEqualTo("{\"maxTokens\":77,\"temperature\":0.5}");
  }

  @Test
  void modelNameOfThePromptSelectsARoute() {
    ResilientChatModel model =
        ResilientChatModel.builder()
            .route(route("chat", Simulated.PRIMARY), target -> simulated.primary())
            .route(route("batch", Simulated.FALLBACK), target -> simulated.fallback())
            .build();

    ask(model, new Prompt("hello", ChatOptions.builder().model("batch").build()));
    ask(model.forRoute("batch"), new Prompt("hello"));

    assertThat(simulated.called(2)).containsExactly("fallback", "fallback");
    assertThatThrownBy(
            () -> ask(model, new Prompt("hello", ChatOptions.builder().model("gpt").build())))
        .isInstanceOf(UnknownRouteException.class)
        .hasMessageContaining("[batch, chat]");
  }

  @Test
  void toolRunsOnceWhenTheSecondCallFallsBack() {
    simulated.answer(BedrockContract::toolThenText);
    CountingTool tool =
        CountingTool.doing(() -> simulated.primaryFails(503, "ServiceUnavailableException"));

    String answer =
        ask(ChatClient.create(simulated.both().build()).prompt("book").toolCallbacks(tool));

    assertThat(answer).isEqualTo("Booked.");
    assertThat(simulated.called(3)).containsExactly("primary", "primary", "fallback");
    assertThat(tool.runs).hasValue(1);
  }

  /** Spring AI 1.1 keeps no reasoning, so there is nothing for another model to choke on. */
  @Test
  void signedReasoningOfOneModelNeverReachesAnother() {
    simulated.answer(call -> toolThenText(call).withReasoning("thinking", "signed-by-primary"));
    CountingTool tool =
        CountingTool.doing(() -> simulated.primaryFails(503, "ServiceUnavailableException"));

    ask(ChatClient.create(simulated.both().build()).prompt("book").toolCallbacks(tool));

    assertThat(simulated.called(3)).containsExactly("primary", "primary", "fallback");
    assertThat(simulated.bodies.toString())
        .contains("toolResult")
        .doesNotContain("reasoning", "signature", "signed-by-primary");
  }

  @Test
  void tokensOfAllCallsAroundAToolAreSummed() {
    simulated.answer(call -> toolThenText(call).withUsage(Usage.of(10, 3)));

    ChatResponse last =
        last(ask(simulated.both().build(), withTools(CountingTool.doing(() -> {}))));

    assertThat(last.getMetadata().getUsage().getPromptTokens()).isEqualTo(20);
    assertThat(last.getMetadata().getUsage().getCompletionTokens()).isEqualTo(6);
  }

  @Test
  void resultOfADirectToolIsTheAnswer() {
    simulated.answer(BedrockContract::toolThenText);
    CountingTool tool = new CountingTool(true, () -> {});

    List<ChatResponse> answer = ask(simulated.both().build(), withTools(tool));

    assertThat(text(answer)).isEqualTo("\"booked\"");
    assertThat(last(answer).getResult().getMetadata().getFinishReason()).isEqualTo("returnDirect");
    assertThat(simulated.called(1)).containsExactly("primary");
    assertThat(tool.runs).hasValue(1);
  }

  @Test
  void toolCallsAreHandedOutWhenTheCallerRunsTools() {
    simulated.answer(BedrockContract::toolThenText);
    CountingTool tool = CountingTool.doing(() -> {});
    Prompt prompt = withTools(tool);
    ((ToolCallingChatOptions) prompt.getOptions()).setInternalToolExecutionEnabled(false);

    assertThat(last(ask(simulated.both().build(), prompt)).hasToolCalls()).isTrue();
    assertThat(tool.runs).hasValue(0);
  }

  @Test
  void quotaCountsPerUserOfTheAdvisorParameter() {
    ChatClient client =
        ChatClient.builder(limited("1rpm")).defaultAdvisors(new CallerAdvisor()).build();

    ask(client.prompt("hello").advisors(a -> a.param(CallerAdvisor.USER, "alice")));
    ask(client.prompt("hello").advisors(a -> a.param(CallerAdvisor.USER, "bob")));

    assertThatThrownBy(
            () -> ask(client.prompt("hello").advisors(a -> a.param(CallerAdvisor.USER, "alice"))))
        .isInstanceOf(QuotaExceededException.class);
    assertThatThrownBy(() -> ask(client.prompt("hello")))
        .isInstanceOf(UnknownCallerException.class);
    assertThat(simulated.called(2)).hasSize(2);
  }

  @Test
  void callerNeverGetsOnTheWire() {
    ChatClient client =
        ChatClient.builder(limited("9rpm")).defaultAdvisors(new CallerAdvisor()).build();

    ask(client.prompt("hello").advisors(a -> a.param(CallerAdvisor.USER, "alice@example.com")));

    assertThat(simulated.bodies).hasSize(1);
    assertThat(simulated.bodies.get(0).toString()).doesNotContain("alice").doesNotContain("user.");
  }

  @Test
  void boundCallerCountsWithoutAnAdvisor() {
    ResilientChatModel model = limited("1rpm").forCaller(Caller.user("alice"));

    ask(model, new Prompt("hello"));

    assertThatThrownBy(() -> ask(model, new Prompt("hello")))
        .isInstanceOf(QuotaExceededException.class)
        .extracting(e -> ((QuotaExceededException) e).report().caller().user())
        .isEqualTo("alice");
  }

  @Test
  void realUsageReplacesTheEstimate() {
    simulated.answer(call -> Answer.text("ok").withUsage(new Usage(10, 5, 1_000, 20)));
    ResilientChatModel model = limited("1ktpm").forCaller(Caller.user("alice"));

    // Each is estimated at its 900 tokens of output and settled at 35.
    ask(model, new Prompt("hello"));
    ask(model, new Prompt("hello"));

    assertThat(simulated.called(2)).hasSize(2);
  }

  private ResilientChatModel limited(String limits) {
    Plan plan = new Plan("small", Limits.parse(limits), Set.of());
    PlanQuotas quotas = PlanQuotas.builder().everyone(plan).build();
    return simulated.both().engine(Engine.builder().quotas(quotas).build()).build();
  }

  static Route route(String name, Target target) {
    return Route.named(name).tier(target).build();
  }

  static Prompt withTools(CountingTool tool) {
    return new Prompt("book", ToolCallingChatOptions.builder().toolCallbacks(tool).build());
  }

  static Answer toolThenText(ConverseCall call) {
    boolean told = call.request().path("messages").toString().contains("toolResult");
    return told ? Answer.text("Booked.") : Answer.toolUse("t1", "book", "{}");
  }

  static ChatResponse last(List<ChatResponse> parts) {
    return parts.get(parts.size() - 1);
  }

  static String text(List<ChatResponse> parts) {
    return String.join("", parts.stream().map(Words::of).toList());
  }
}
