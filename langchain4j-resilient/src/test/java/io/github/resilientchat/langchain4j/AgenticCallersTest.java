package io.github.resilientchat.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.agentic.AgenticServices;
import dev.langchain4j.agentic.UntypedAgent;
import dev.langchain4j.agentic.agent.AgentBuilder;
import dev.langchain4j.agentic.supervisor.SupervisorAgent;
import io.github.resilientchat.core.Caller;
import io.github.resilientchat.core.CallerCarrier;
import io.github.resilientchat.core.CallerResolver;
import io.github.resilientchat.core.quota.Limits;
import io.github.resilientchat.core.quota.PlanQuotas;
import io.github.resilientchat.core.report.UnknownCallerException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whom agents work for where a session on the thread says it, as Spring Security's does. */
class AgenticCallersTest {

  private static final Caller ALICE = Caller.user("alice");

  private final ThreadLocal<Caller> session = new ThreadLocal<>();
  private final CallerResolver signedIn = () -> Optional.ofNullable(session.get());
  private final AgenticAgents agents = new AgenticAgents();
  private final ExecutorService pool = Executors.newFixedThreadPool(2);
  private final ResilientChatModel model = limited();

  private ResilientChatModel limited() {
    agents.engine.quotas(PlanQuotas.builder().limits(Limits.parse("100rpm")).build());
    return agents.builder().callers(signedIn).build();
  }

  @AfterEach
  void close() {
    session.remove();
    pool.shutdownNow();
    agents.close();
  }

  @Test
  void agentsOfASequenceWorkForWhomTheThreadWorks() {
    session.set(ALICE);

    sequence(writer(), agent(AgenticAgents.Editor.class)).invoke(Map.of("topic", "cats"));

    assertThat(agents.callers()).containsOnly(ALICE).hasSize(3);
  }

  @Test
  void agentsOfALoopWorkForWhomTheThreadWorks() {
    session.set(ALICE);

    AgenticServices.loopBuilder()
        .subAgents(agent(AgenticAgents.Critic.class), agent(AgenticAgents.Editor.class))
        .maxIterations(5)
        .exitCondition(scope -> scope.readState("score", 0.0) > 0.8)
        .build()
        .invoke(Map.of("draft", "a draft"));

    assertThat(agents.callers()).containsOnly(ALICE).hasSize(3);
  }

  @Test
  void agentsUnderASupervisorWorkForWhomTheThreadWorks() {
    agents.simulated.bedrock.answer(AgenticAgents::planned);
    SupervisorAgent supervisor =
        AgenticServices.supervisorBuilder().chatModel(model).subAgents(writer()).build();
    session.set(ALICE);

    supervisor.invoke("a draft, please");

    assertThat(agents.callers()).containsOnly(ALICE).hasSize(4);
  }

  @Test
  void parallelAgentsWorkForWhoBeganThemWhereAnExecutorCarriesThat() throws Exception {
    session.set(ALICE);

    AgenticServices.parallelBuilder()
        .subAgents(writer(), otherWriter())
        .executor(new CallerCarrier(signedIn).executor(pool))
        .build()
        .invoke(Map.of("topic", "cats"));

    assertThat(agents.callers()).containsOnly(ALICE).hasSize(4);
    assertThat(pool.submit(signedIn::resolve).get()).isEmpty();
  }

  @Test
  void parallelAgentsOnOtherThreadsAreRefusedAndSayHow() throws Exception {
    session.set(ALICE);
    UntypedAgent workflow =
        AgenticServices.parallelBuilder().subAgents(writer(), otherWriter()).executor(pool).build();

    assertThatThrownBy(() -> workflow.invoke(Map.of("topic", "cats")))
        .hasRootCauseInstanceOf(UnknownCallerException.class)
        .rootCause()
        .hasMessageContaining("CallerCarrier");
    assertThat(agents.callers()).containsOnly(Caller.ANONYMOUS);
    assertThat(agents.simulated.accountsCalled()).isEmpty();
  }

  /** LangChain4j runs them on threads of its own, and lets nobody carry anything there. */
  @Test
  void asynchronousAgentsAreRefusedRatherThanChargedToAnother() throws Exception {
    session.set(ALICE);

    assertThatThrownBy(
            () ->
                sequence(agent(AgenticAgents.AsyncWriter.class), agent(AgenticAgents.Editor.class))
                    .invoke(Map.of("topic", "cats")))
        .hasRootCauseInstanceOf(UnknownCallerException.class);
    assertThat(agents.callers()).containsOnly(Caller.ANONYMOUS);
    assertThat(agents.simulated.accountsCalled()).isEmpty();
  }

  @Test
  void asynchronousAgentsWorkForWhomTheirModelIsAViewOf() {
    Object draft =
        sequence(
                AgenticServices.agentBuilder(AgenticAgents.AsyncWriter.class)
                    .chatModel(scope -> model.forCaller(Caller.user(scope.readState("user", ""))))
                    .tools(agents.lookUp)
                    .build(),
                AgenticServices.agentBuilder(AgenticAgents.Editor.class)
                    .chatModel(scope -> model.forCaller(Caller.user(scope.readState("user", ""))))
                    .build())
            .invoke(Map.of("topic", "cats", "user", "alice"));

    assertThat(draft).isEqualTo("an edited draft");
    assertThat(agents.callers()).containsOnly(ALICE).hasSize(3);
  }

  private static UntypedAgent sequence(Object... agents) {
    return AgenticServices.sequenceBuilder().subAgents(agents).outputKey("draft").build();
  }

  private AgenticAgents.Writer writer() {
    return builder(AgenticAgents.Writer.class).tools(agents.lookUp).build();
  }

  private AgenticAgents.OtherWriter otherWriter() {
    return builder(AgenticAgents.OtherWriter.class).tools(agents.lookUp).build();
  }

  private <T> T agent(Class<T> type) {
    return builder(type).build();
  }

  private <T> AgentBuilder<T, ?> builder(Class<T> type) {
    AgentBuilder<T, ?> builder = AgenticServices.agentBuilder(type);
    builder.chatModel(model);
    return builder;
  }
}
