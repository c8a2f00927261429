package io.github.resilientchat.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.exception.InvalidRequestException;
import dev.langchain4j.model.bedrock.BedrockChatRequestParameters;
import dev.langchain4j.model.bedrock.BedrockServiceTier;
import dev.langchain4j.model.bedrock.BedrockTokenUsage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import io.github.resilientchat.core.Usage;
import io.github.resilientchat.core.report.CallReport;
import io.github.resilientchat.core.report.NoTargetAvailableException;
import io.github.resilientchat.core.route.RoutePolicy;
import io.github.resilientchat.core.route.Target;
import io.github.resilientchat.simulator.Answer;
import io.github.resilientchat.simulator.ConverseCall;
import io.github.resilientchat.simulator.Fault;
import io.github.resilientchat.simulator.Invocation;
import io.github.resilientchat.testsupport.Undisturbed;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** LangChain4j's real {@code BedrockChatModel} behind the router, over HTTP. */
class BedrockChatTest {

  private static final String OTHER_MODEL = "amazon.nova-lite-v1:0";

  private static SimulatedBedrock simulated;

  @BeforeAll
  static void start() {
    simulated = new SimulatedBedrock();
  }

  @AfterAll
  static void stop() {
    simulated.close();
  }

  @BeforeEach
  void reset() {
    simulated.bedrock.reset();
    simulated.bedrock.answer(call -> Answer.text("from " + call.account()));
  }

  @Test
  void anotherAccountAnswersWhenOneIsThrottledAfterOneRequestToEach() throws Exception {
    fault(Fault.httpError(429, "ThrottlingException", "Too many requests"));

    ChatResponse response = model(RoutePolicy.DEFAULTS).chat(Answers.hello());

    assertThat(response.aiMessage().text()).isEqualTo("from green");
    assertThat(simulated.accountsCalled()).containsExactly("blue", "green");
    CallReport report = ResilientChatResponse.reportOf(response).orElseThrow();
    assertThat(report.moves()).containsExactly("blue: THROTTLED (ThrottlingException)");
    assertThat(report.metadata())
        .containsEntry("resilient.account", "green")
        .containsEntry("resilient.region", "us-east-1");
  }

  @Test
  void usageOfTheAnswerIsThatOfBedrock() {
    ChatResponse response = model(RoutePolicy.DEFAULTS).chat(Answers.hello());

    assertThat(response.tokenUsage()).isInstanceOf(BedrockTokenUsage.class);
    assertThat(ResilientChatResponse.reportOf(response).orElseThrow().usage())
        .isEqualTo(
            Usage.of(
                response.tokenUsage().inputTokenCount(), response.tokenUsage().outputTokenCount()));
  }

  @Test
  void resetConnectionMovesOn() throws Exception {
    fault(Fault.reset());

    assertThat(model(RoutePolicy.DEFAULTS).chat("hello")).isEqualTo("from green");
    assertThat(simulated.accountsCalled()).containsExactly("blue", "green");
  }

  @Test
  void oneRefusalForWantOfCapacityKeepsNobodyFromAnotherAccount() throws Exception {
    fault(Fault.httpError(503, "ServiceUnavailableException", "Try again"));

    assertThat(model(RoutePolicy.DEFAULTS).chat("hello")).isEqualTo("from green");
    assertThat(simulated.accountsCalled()).containsExactly("blue", "green");
  }

  @Test
  void anotherModelAnswersWhenTheFirstHasNoCapacity() throws Exception {
    fault(Fault.httpError(503, "ServiceUnavailableException", "Try again"));
    Target small = Target.builder("small").model(OTHER_MODEL).region("us-east-1").build();
    ResilientChatModel twoModels =
        ResilientChatModel.builder()
            .target(SimulatedBedrock.target("blue"), simulated.model("blue"))
            .fallback(small, simulated.model("green", OTHER_MODEL))
            .build();

    assertThat(twoModels.chat("hello")).isEqualTo("from green");
    assertThat(simulated.ended())
        .extracting(Invocation::modelId)
        .containsExactly(SimulatedBedrock.MODEL, OTHER_MODEL);
  }

  @Test
  void hangingTargetIsLeftWhenTheAttemptsTimeIsUp() throws Throwable {
    fault(Fault.hang());
    RoutePolicy impatient = RoutePolicy.DEFAULTS.withAttemptTimeout(Duration.ofMillis(2_500));

    Undisturbed.holds(
        () -> {
          ChatResponse response = model(impatient).chat(Answers.hello());

          assertThat(response.aiMessage().text()).isEqualTo("from green");
          assertThat(ResilientChatResponse.reportOf(response).orElseThrow().moves())
              .singleElement()
              .asString()
              .startsWith("blue: TIMED_OUT");
        });
  }

  @Test
  void refusedRequestReachesTheCallerAsItIsAfterOneRequest() throws Exception {
    fault(Fault.httpError(400, "ValidationException", "temperature must be below 1"));

    assertThatThrownBy(() -> model(RoutePolicy.DEFAULTS).chat("hello"))
        .isExactlyInstanceOf(InvalidRequestException.class)
        .hasMessageContaining("temperature must be below 1");
    assertThat(simulated.accountsCalled()).containsExactly("blue");
  }

  @Test
  void saysWhatHappenedAtEachTargetWhenNoneAnswers() {
    simulated.bedrock.fault(Fault.httpError(429, "ThrottlingException", "Too many requests"));

    assertThatThrownBy(() -> model(RoutePolicy.DEFAULTS).chat("hello"))
        .isInstanceOf(NoTargetAvailableException.class)
        .hasMessageContaining("blue: THROTTLED (ThrottlingException)")
        .hasMessageContaining("green: THROTTLED (ThrottlingException)")
        .hasMessageContaining("Try again in");
  }

  @Test
  void bedrocksOwnParametersReachTheWireAndTheUserDoesNot() {
    List<ConverseCall> calls = new CopyOnWriteArrayList<>();
    simulated.bedrock.answer(
        call -> {
          calls.add(call);
          return Answer.text("ok");
        });
    ChatRequest request =
        ChatRequest.builder()
            .messages(Answers.hello().messages())
            .parameters(
                ResilientChatRequestParameters.builder()
                    .user("alice")
                    .provider(
                        BedrockChatRequestParameters.builder()
                            .modelName("default")
                            .serviceTier(BedrockServiceTier.PRIORITY)
                            .build())
                    .build())
            .build();

    model(RoutePolicy.DEFAULTS).chat(request);

    assertThat(calls.get(0).modelId()).isEqualTo(SimulatedBedrock.MODEL);
    assertThat(calls.get(0).request().toString()).contains("priority").doesNotContain("alice");
  }

  private static ResilientChatModel model(RoutePolicy policy) {
    return simulated.resilient(policy);
  }

  private static void fault(Fault fault) {
    simulated.bedrock.fault(fault.account("blue"));
  }
}
