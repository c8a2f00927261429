package io.github.resilientchat.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.agent.tool.Tool;
import dev.langchain4j.exception.RateLimitException;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.service.AiServices;
import dev.langchain4j.service.Result;
import dev.langchain4j.service.TokenStream;
import dev.langchain4j.service.UserMessage;
import io.github.resilientchat.core.Caller;
import io.github.resilientchat.core.CallerScope;
import io.github.resilientchat.core.engine.Engine;
import io.github.resilientchat.core.report.CallReport;
import io.github.resilientchat.core.report.RouteListener;
import io.github.resilientchat.core.route.Target;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class AiServiceTest {

  private static final RateLimitException THROTTLED = new RateLimitException("slow down");

  private final AtomicInteger payments = new AtomicInteger();
  private final List<CallReport> reports = new CopyOnWriteArrayList<>();
  private final Engine engine =
      Engine.builder()
          .listener(
              new RouteListener() {
                @Override
                public void onCall(CallReport report) {
                  reports.add(report);
                }
              })
          .build();

  @Test
  void toolRunsOnceWhenAFallbackTakesOverInTheMiddleOfTheLoop() {
    ScriptedModel first =
        ScriptedModel.named("model-a")
            .then(request -> Answers.callingTool("pay", "{}"))
            .fails(THROTTLED);
    ScriptedModel second = ScriptedModel.named("model-b").answers("paid");
    Service service =
        AiServices.builder(Service.class)
            .chatModel(
                ResilientChatModel.builder()
                    .engine(engine)
                    .target("a", first)
                    .fallback("b", second)
                    .build())
            .tools(this)
            .build();

    Result<String> result =
        service.chat("pay the bill", ResilientChatRequestParameters.forUser("alice"));

    assertThat(result.content()).isEqualTo("paid");
    assertThat(payments).hasValue(1);
    assertThat(reports)
        .extracting(CallReport::caller)
        .containsOnly(Caller.user("alice"))
        .hasSize(2);
    assertThat(second.requests().get(0).toolSpecifications()).hasSize(1);
    assertThat(ResilientChatResponse.reportOf(result.finalResponse()))
        .flatMap(CallReport::servedBy)
        .contains(Target.named("b"));
  }

  @Test
  void streamedLoopKeepsItsCallerOnTheProvidersThreads() throws Exception {
    ScriptedStream first = ScriptedStream.named("model-a");
    ScriptedStream second = ScriptedStream.named("model-b").answers("paid");
    StreamingService service = streaming(first, second);
    CompletableFuture<ChatResponse> answer = new CompletableFuture<>();
    try (CallerScope ignored = CallerScope.open(Caller.user("nobody else's"))) {
      service
          .chat("pay the bill", ResilientChatRequestParameters.forUser("alice"))
          .onPartialResponse(text -> {})
          .onCompleteResponse(answer::complete)
          .onError(answer::completeExceptionally)
          .start();
    }
    first.then(to -> to.onError(THROTTLED));

    Thread eventLoop =
        new Thread(
            () -> first.stream().onCompleteResponse(Answers.callingTool("pay", "{}")), "netty");
    eventLoop.start();

    assertThat(answer.get(30, TimeUnit.SECONDS).aiMessage().text()).isEqualTo("paid");
    assertThat(payments).hasValue(1);
    assertThat(reports)
        .extracting(CallReport::caller)
        .containsOnly(Caller.user("alice"))
        .hasSize(2);
  }

  private StreamingService streaming(ScriptedStream first, ScriptedStream second) {
    return AiServices.builder(StreamingService.class)
        .streamingChatModel(
            ResilientStreamingChatModel.builder()
                .engine(engine)
                .target("a", first)
                .fallback("b", second)
                .build())
        .tools(this)
        .build();
  }

  @Tool("pays")
  String pay() {
    return "payment " + payments.incrementAndGet();
  }

  interface Service {
    Result<String> chat(@UserMessage String message, ChatRequestParameters parameters);
  }

  interface StreamingService {
    TokenStream chat(@UserMessage String message, ChatRequestParameters parameters);
  }
}
