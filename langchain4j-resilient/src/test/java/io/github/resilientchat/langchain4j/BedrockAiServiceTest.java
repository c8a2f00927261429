package io.github.resilientchat.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.agent.tool.Tool;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.service.AiServices;
import dev.langchain4j.service.TokenStream;
import dev.langchain4j.service.UserMessage;
import io.github.resilientchat.core.Caller;
import io.github.resilientchat.core.engine.Engine;
import io.github.resilientchat.core.report.CallReport;
import io.github.resilientchat.core.report.RouteListener;
import io.github.resilientchat.core.route.RoutePolicy;
import io.github.resilientchat.simulator.Answer;
import io.github.resilientchat.simulator.Fault;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** AI services on the real Bedrock models: blue asks for a tool and is throttled after it ran. */
class BedrockAiServiceTest {

  private final SimulatedBedrock simulated = new SimulatedBedrock();
  private final AtomicInteger payments = new AtomicInteger();
  private final List<CallReport> reports = new CopyOnWriteArrayList<>();

  @BeforeEach
  void script() {
    simulated.bedrock.answer(
        call ->
            call.request().toString().contains("toolResult")
                ? Answer.text("paid by " + call.account())
                : Answer.toolUse("use-1", "pay", "{}"));
  }

  @AfterEach
  void close() {
    simulated.close();
  }

  @Test
  void toolRunsOnceWhenAnotherAccountFinishesTheLoop() throws Exception {
    Service service =
        AiServices.builder(Service.class)
            .chatModel(simulated.resilient(RoutePolicy.DEFAULTS))
            .tools(this)
            .build();

    assertThat(service.chat("pay the bill")).isEqualTo("paid by green");
    assertThat(payments).hasValue(1);
    assertThat(simulated.accountsCalled()).containsExactly("blue", "blue", "green");
  }

  @Test
  void streamedLoopRunsItsToolOnceAndKeepsItsCaller() throws Exception {
    CompletableFuture<ChatResponse> answer = new CompletableFuture<>();
    StreamingService service =
        AiServices.builder(StreamingService.class)
            .streamingChatModel(simulated.resilientStream(engine(), RoutePolicy.DEFAULTS))
            .tools(this)
            .build();

    service
        .chat("pay the bill", ResilientChatRequestParameters.forUser("alice"))
        .onPartialResponse(text -> {})
        .onCompleteResponse(answer::complete)
        .onError(answer::completeExceptionally)
        .start();

    assertThat(answer.get(30, TimeUnit.SECONDS).aiMessage().text()).isEqualTo("paid by green");
    assertThat(payments).hasValue(1);
    assertThat(simulated.accountsCalled()).containsExactly("blue", "blue", "green");
    assertThat(reports)
        .extracting(CallReport::caller)
        .containsOnly(Caller.user("alice"))
        .hasSize(2);
  }

  @Tool("pays the bill")
  String pay() {
    simulated.bedrock.fault(
        Fault.httpError(429, "ThrottlingException", "Too many requests").account("blue"));
    return "payment " + payments.incrementAndGet();
  }

  private Engine engine() {
    return Engine.builder()
        .listener(
            new RouteListener() {
              @Override
              public void onCall(CallReport report) {
                reports.add(report);
              }
            })
        .build();
  }

  interface Service {
    String chat(String message);
  }

  interface StreamingService {
    TokenStream chat(@UserMessage String message, ChatRequestParameters parameters);
  }
}
