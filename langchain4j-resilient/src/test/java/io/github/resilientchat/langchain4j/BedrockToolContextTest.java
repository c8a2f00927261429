package io.github.resilientchat.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.agent.tool.Tool;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.service.AiServices;
import dev.langchain4j.service.TokenStream;
import io.github.resilientchat.core.Caller;
import io.github.resilientchat.core.CallerResolver;
import io.github.resilientchat.core.CallerScope;
import io.github.resilientchat.core.engine.Engine;
import io.github.resilientchat.core.report.CallReport;
import io.github.resilientchat.core.report.RouteListener;
import io.github.resilientchat.simulator.Answer;
import io.github.resilientchat.simulator.Fault;
import io.micrometer.context.ContextRegistry;
import io.micrometer.context.ContextSnapshotFactory;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

/**
 * What the tools of a streamed loop see of the thread that began it, as Spring Security's context:
 * blue fails, green asks for a tool, and the SDK's threads run it.
 */
class BedrockToolContextTest {

  private static final ThreadLocal<String> PRINCIPAL = new ThreadLocal<>();

  private final SimulatedBedrock simulated = new SimulatedBedrock();
  private final ContextRegistry registry =
      new ContextRegistry().registerThreadLocalAccessor("principal", PRINCIPAL);
  private final List<String> seen = new CopyOnWriteArrayList<>();
  private final List<Thread> threads = new CopyOnWriteArrayList<>();
  private final List<CallReport> reports = new CopyOnWriteArrayList<>();

  @BeforeEach
  void script() {
    simulated.bedrock.answer(
        call ->
            call.request().toString().contains("toolResult")
                ? Answer.text("paid")
                : Answer.toolUse("use-1", "pay", "{}"));
    simulated.bedrock.fault(
        Fault.httpError(500, "InternalServerException", "Try again").account("blue").times(1));
    MDC.put("request", "42");
    PRINCIPAL.set("alice's session");
  }

  @AfterEach
  void close() {
    MDC.clear();
    PRINCIPAL.remove();
    simulated.close();
  }

  @Test
  void toolSeesTheMdcTheCallerAndWhatMicrometerKnows() throws Exception {
    try (CallerScope ignored = CallerScope.open(Caller.user("alice"))) {
      pay(AiServices.builder(Service.class), model().context(micrometer()));
    }

    assertThat(seen).containsExactly("42, alice's session, alice");
    assertThat(threads).doesNotContain(Thread.currentThread());
    assertThat(simulated.accountsCalled()).containsExactly("blue", "green", "blue");
  }

  @Test
  void concurrentToolSeesItThroughAnExecutorThatCarriesIt() throws Exception {
    ExecutorService pool = Executors.newSingleThreadExecutor(task -> new Thread(task, "tools"));
    CallContext all = CallContext.mdc().and(CallContext.caller()).and(micrometer());
    try (CallerScope ignored = CallerScope.open(Caller.user("alice"))) {
      pay(
          AiServices.builder(Service.class).executeToolsConcurrently(all.executor(pool)),
          model().context(micrometer()));
      assertThat(seen).containsExactly("42, alice's session, alice");
      assertThat(threads).extracting(Thread::getName).containsExactly("tools");
      assertThat(pool.submit(this::context).get()).isEqualTo("null, null, nobody");
    } finally {
      pool.shutdown();
    }
  }

  @Test
  void everyRoundOfTheLoopIsMadeForTheCallerThatTheFirstFoundOnItsThread() throws Exception {
    CallerResolver session =
        () -> Optional.ofNullable(PRINCIPAL.get()).map(principal -> Caller.user(principal));

    pay(AiServices.builder(Service.class), model().callers(session));

    assertThat(reports)
        .extracting(CallReport::caller)
        .containsExactly(Caller.user("alice's session"), Caller.user("alice's session"));
    assertThat(seen).containsExactly("42, null, alice's session");
  }

  private void pay(AiServices<Service> service, ResilientStreamingChatModel.Builder model)
      throws Exception {
    CompletableFuture<ChatResponse> answer = new CompletableFuture<>();
    service
        .streamingChatModel(model.build())
        .tools(this)
        .build()
        .chat("pay the bill")
        .onPartialResponse(text -> {})
        .onCompleteResponse(answer::complete)
        .onError(answer::completeExceptionally)
        .start();
    assertThat(answer.get(30, TimeUnit.SECONDS).aiMessage().text()).isEqualTo("paid");
  }

  @Tool("pays the bill")
  String pay() {
    seen.add(context());
    threads.add(Thread.currentThread());
    return "done";
  }

  private String context() {
    String caller = CallerScope.current().map(Caller::user).orElse("nobody");
    return MDC.get("request") + ", " + PRINCIPAL.get() + ", " + caller;
  }

  private CallContext micrometer() {
    ContextSnapshotFactory snapshots =
        ContextSnapshotFactory.builder().contextRegistry(registry).build();
    return () -> snapshots.captureAll()::wrap;
  }

  private ResilientStreamingChatModel.Builder model() {
    return ResilientStreamingChatModel.builder()
        .engine(
            Engine.builder()
                .listener(
                    new RouteListener() {
                      @Override
                      public void onCall(CallReport report) {
                        reports.add(report);
                      }
                    })
                .build())
        .target(SimulatedBedrock.target("blue"), simulated.stream("blue"))
        .fallback(SimulatedBedrock.target("green"), simulated.stream("green"));
  }

  interface Service {
    TokenStream chat(String message);
  }
}
