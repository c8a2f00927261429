package io.github.resilientchat.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.agentic.AgenticServices;
import dev.langchain4j.service.AiServices;
import dev.langchain4j.service.UserMessage;
import io.github.resilientchat.core.Caller;
import io.github.resilientchat.core.CallerScope;
import io.github.resilientchat.core.route.RoutePolicy;
import io.micrometer.context.ContextRegistry;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

/** What the guide to LangChain4j shows does what it says. */
class ThreadsGuideTest {

  private static final String KEY = "guide";
  private static final ThreadLocal<String> SESSION = new ThreadLocal<>();

  private final AgenticAgents agents = new AgenticAgents();
  private final ExecutorService pool = Executors.newFixedThreadPool(2);

  interface Asking {
    @UserMessage("Write about cats")
    String write();
  }

  @AfterEach
  void close() {
    ContextRegistry.getInstance().removeThreadLocalAccessor(KEY);
    SESSION.remove();
    MDC.clear();
    pool.shutdownNow();
    agents.close();
  }

  @Test
  void parallelAgentsWorkForTheCallerOfTheWorkflow() {
    ThreadsGuide.reportFor(
        agent(AgenticAgents.Writer.class), agent(AgenticAgents.OtherWriter.class), pool);

    assertThat(agents.callers()).containsOnly(Caller.user("alice")).hasSize(4);
  }

  private <T> T agent(Class<T> type) {
    return AgenticServices.agentBuilder(type)
        .chatModel(agents.model())
        .tools(agents.lookUp)
        .build();
  }

  @Test
  void concurrentToolsKnowTheCallerAndTheMdc() {
    MDC.put("request", "42");
    AiServices<Asking> service =
        AiServices.builder(Asking.class).chatModel(agents.model()).tools(agents.lookUp);
    ThreadsGuide.runToolsConcurrently(service, pool);

    CallerScope.callAs(Caller.user("alice"), () -> service.build().write());

    assertThat(agents.lookUp.contexts).containsExactly("42 of alice");
  }

  @Test
  void anAgentThatRunsAsynchronouslyFindsItsCallerInTheScope() {
    ResilientChatModel.Builder model = agents.builder();
    ThreadsGuide.findTheCallerInTheScope(model);

    AgenticServices.sequenceBuilder()
        .subAgents(
            AgenticServices.agentBuilder(AgenticAgents.AsyncWriter.class)
                .chatModel(model.build())
                .tools(agents.lookUp)
                .build())
        .outputKey("draft")
        .build()
        .invoke(Map.of("topic", "cats", "user", "alice"));

    assertThat(agents.callers()).containsOnly(Caller.user("alice")).isNotEmpty();
  }

  @Test
  void whatMicrometerKnowsIsThereInAHandler() throws Exception {
    ContextRegistry.getInstance().registerThreadLocalAccessor(KEY, SESSION);
    SESSION.set("alice's");
    ResilientStreamingChatModel.Builder model =
        ResilientStreamingChatModel.builder()
            .target(SimulatedBedrock.target("blue"), agents.simulated.stream("blue"))
            .policy(RoutePolicy.DEFAULTS);
    ThreadsGuide.carryAllThatMicrometerKnows(model);
    CompletableFuture<String> seen = new CompletableFuture<>();

    model
        .build()
        .chat(
            "Edit: this",
            new dev.langchain4j.model.chat.response.StreamingChatResponseHandler() {
              @Override
              public void onCompleteResponse(
                  dev.langchain4j.model.chat.response.ChatResponse response) {
                seen.complete(SESSION.get());
              }

              @Override
              public void onError(Throwable error) {
                seen.completeExceptionally(error);
              }
            });

    assertThat(seen.get(30, TimeUnit.SECONDS)).isEqualTo("alice's");
  }
}
