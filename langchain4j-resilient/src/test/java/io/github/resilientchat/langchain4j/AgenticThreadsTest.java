package io.github.resilientchat.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.agentic.AgenticServices;
import dev.langchain4j.agentic.UntypedAgent;
import dev.langchain4j.agentic.scope.AgenticScope;
import dev.langchain4j.invocation.LangChain4jManaged;
import io.github.resilientchat.core.Caller;
import io.github.resilientchat.core.CallerResolver;
import io.github.resilientchat.core.CallerScope;
import io.github.resilientchat.core.quota.Limits;
import io.github.resilientchat.core.quota.Plan;
import io.github.resilientchat.core.quota.PlanQuotas;
import io.github.resilientchat.core.report.QuotaExceededException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

/** Agents that run on other threads than the workflow that started them. */
class AgenticThreadsTest {

  private final AgenticAgents agents = new AgenticAgents();
  private final ExecutorService pool = Executors.newFixedThreadPool(2);

  @AfterEach
  void close() {
    MDC.clear();
    pool.shutdownNow();
    agents.close();
  }

  @Test
  void parallelAgentsRunOnceForTheCallerOfTheWorkflow() throws Exception {
    agents.failBlueOnce();
    MDC.put("request", "42");

    invoke(parallel(agents.model()), "alice");

    assertThat(agents.lookUp.runs).hasValue(2);
    assertThat(agents.lookUp.contexts).containsExactly("42 of alice", "42 of alice");
    assertThat(agents.callers()).containsOnly(Caller.user("alice")).hasSize(4);
    assertThat(agents.simulated.accountsCalled())
        .containsExactlyInAnyOrder("blue", "green", "blue", "blue", "blue");
    assertThat(pool.submit(() -> MDC.get("request")).get()).isNull();
    assertThat(pool.submit(() -> CallerScope.current()).get()).isEmpty();
  }

  @Test
  void parallelAgentsShareTheQuotaOfTheirCallerWithNobodyElse() {
    limitTo("5rpm");
    UntypedAgent workflow = parallel(agents.model());
    invoke(workflow, "alice");

    assertThatThrownBy(() -> invoke(workflow, "alice"))
        .hasRootCauseInstanceOf(QuotaExceededException.class);
    invoke(workflow, "bob");

    // Four calls of two agents; of alice's next four, only one was left.
    assertThat(agents.callers().stream().filter(Caller.user("bob")::equals)).hasSize(4);
  }

  @Test
  void agentThatRunsAsynchronouslyFindsItsCallerInTheScope() {
    CallerResolver ofScope =
        () ->
            Optional.ofNullable(LangChain4jManaged.current(AgenticScope.class))
                .map(scope -> scope.readState("user", (String) null))
                .map(Caller::user);
    ResilientChatModel model = agents.builder().callers(ofScope).build();

    Object draft =
        AgenticServices.sequenceBuilder()
            .subAgents(
                AgenticServices.agentBuilder(AgenticAgents.AsyncWriter.class)
                    .chatModel(model)
                    .tools(agents.lookUp)
                    .build(),
                AgenticServices.agentBuilder(AgenticAgents.Editor.class).chatModel(model).build())
            .outputKey("draft")
            .build()
            .invoke(Map.of("topic", "cats", "user", "alice"));

    assertThat(draft).isEqualTo("an edited draft");
    assertThat(agents.callers()).containsOnly(Caller.user("alice")).hasSize(3);
  }

  @Test
  void streamingAgentsOfAParallelWorkflowKeepCallerAndMdcInTheirTools() {
    agents.failBlueOnce();
    MDC.put("request", "42");
    UntypedAgent workflow =
        AgenticServices.parallelBuilder()
            .subAgents(
                AgenticServices.agentBuilder(AgenticAgents.StreamingWriter.class)
                    .streamingChatModel(agents.stream())
                    .tools(agents.lookUp)
                    .build(),
                AgenticServices.agentBuilder(AgenticAgents.OtherWriter.class)
                    .chatModel(agents.model())
                    .tools(agents.lookUp)
                    .build())
            .executor(CallContext.mdc().and(CallContext.caller()).executor(pool))
            .output(scope -> scope.readState("draft", "") + ", " + scope.readState("other", ""))
            .build();

    assertThat(invoke(workflow, "alice")).isEqualTo("a draft, a draft");
    assertThat(agents.lookUp.contexts).containsExactly("42 of alice", "42 of alice");
    assertThat(agents.callers()).containsOnly(Caller.user("alice")).hasSize(4);
  }

  @Test
  void streamingAgentInASequenceRunsItsToolOnceAndTheNextStartsAfresh() throws Exception {
    agents.lookUp.whileLooking = agents::failBlueOnce;
    UntypedAgent workflow =
        AgenticServices.sequenceBuilder()
            .subAgents(
                AgenticServices.agentBuilder(AgenticAgents.StreamingWriter.class)
                    .streamingChatModel(agents.stream())
                    .tools(agents.lookUp)
                    .build(),
                AgenticServices.agentBuilder(AgenticAgents.Editor.class)
                    .chatModel(agents.model())
                    .build())
            .outputKey("draft")
            .build();

    assertThat(invoke(workflow, "alice")).isEqualTo("an edited draft");

    assertThat(agents.lookUp.runs).hasValue(1);
    assertThat(agents.simulated.accountsCalled()).containsExactly("blue", "blue", "green", "blue");
    assertThat(agents.callers()).containsOnly(Caller.user("alice")).hasSize(3);
  }

  private UntypedAgent parallel(ResilientChatModel model) {
    return AgenticServices.parallelBuilder()
        .subAgents(
            AgenticServices.agentBuilder(AgenticAgents.Writer.class)
                .chatModel(model)
                .tools(agents.lookUp)
                .build(),
            AgenticServices.agentBuilder(AgenticAgents.OtherWriter.class)
                .chatModel(model)
                .tools(agents.lookUp)
                .build())
        .executor(CallContext.mdc().and(CallContext.caller()).executor(pool))
        .build();
  }

  private static Object invoke(UntypedAgent workflow, String user) {
    return CallerScope.callAs(
        Caller.user(user), () -> workflow.invoke(Map.of("topic", "cats", "user", user)));
  }

  private void limitTo(String limits) {
    Plan plan = new Plan("free", Limits.parse(limits), Set.of());
    agents.engine.quotas(PlanQuotas.builder().everyone(plan).build());
  }
}
