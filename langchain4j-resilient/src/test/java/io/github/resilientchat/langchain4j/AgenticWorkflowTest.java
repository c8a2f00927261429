package io.github.resilientchat.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.agentic.AgenticServices;
import dev.langchain4j.agentic.agent.AgentBuilder;
import dev.langchain4j.agentic.supervisor.SupervisorAgent;
import io.github.resilientchat.core.Caller;
import io.github.resilientchat.core.CallerScope;
import io.github.resilientchat.core.report.CallReport;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Workflows of LangChain4j's agentic module in which blue fails somewhere in the middle. */
class AgenticWorkflowTest {

  private final AgenticAgents agents = new AgenticAgents();
  private final ResilientChatModel model = agents.model();

  @AfterEach
  void close() {
    agents.close();
  }

  @Test
  void agentAfterOneThatMovedStartsAtThePreferredTarget() throws Exception {
    agents.lookUp.whileLooking = agents::failBlueOnce;
    Object edited =
        AgenticServices.sequenceBuilder()
            .subAgents(writer(), agent(AgenticAgents.Editor.class))
            .outputKey("draft")
            .build()
            .invoke(Map.of("topic", "cats"));

    assertThat(edited).isEqualTo("an edited draft");
    assertThat(agents.lookUp.runs).hasValue(1);
    assertThat(agents.simulated.accountsCalled()).containsExactly("blue", "blue", "green", "blue");
    assertThat(agents.reports)
        .extracting(report -> report.servedBy().orElseThrow().name())
        .containsExactly("blue", "green", "blue");
  }

  @Test
  void loopRunsEachAgentOnceARoundWhateverFails() throws Exception {
    agents.failBlueOnce();
    Object draft =
        AgenticServices.loopBuilder()
            .subAgents(agent(AgenticAgents.Critic.class), agent(AgenticAgents.Editor.class))
            .maxIterations(5)
            .exitCondition(scope -> scope.readState("score", 0.0) > 0.8)
            .outputKey("draft")
            .build()
            .invoke(Map.of("draft", "a draft"));

    assertThat(draft).isEqualTo("an edited draft");
    // Scored, edited, scored again: the first try of the first one failed.
    assertThat(agents.simulated.accountsCalled()).containsExactly("blue", "green", "blue", "blue");
  }

  @Test
  void supervisorsPlansAndItsAgentsAreMadeForTheCallerOfTheThread() throws Exception {
    agents.simulated.bedrock.answer(AgenticAgents::planned);
    agents.lookUp.whileLooking = agents::failBlueOnce;
    SupervisorAgent supervisor =
        AgenticServices.supervisorBuilder().chatModel(model).subAgents(writer()).build();

    assertThat(CallerScope.callAs(Caller.user("alice"), () -> supervisor.invoke("a draft, please")))
        .isEqualTo("a draft");

    assertThat(agents.lookUp.runs).hasValue(1);
    assertThat(agents.simulated.accountsCalled())
        .containsExactly("blue", "blue", "blue", "green", "blue");
    assertThat(agents.callers()).containsOnly(Caller.user("alice")).hasSize(4);
  }

  @Test
  void viewBoundToACallerServesAnAgentOfOneCall() {
    AgenticServices.sequenceBuilder()
        .subAgents(
            AgenticServices.agentBuilder(AgenticAgents.Critic.class)
                .chatModel(scope -> model.forCaller(Caller.user(scope.readState("user", ""))))
                .build())
        .build()
        .invoke(Map.of("draft", "a draft", "user", "bob"));

    assertThat(agents.reports).extracting(CallReport::caller).containsExactly(Caller.user("bob"));
  }

  private AgenticAgents.Writer writer() {
    return builder(AgenticAgents.Writer.class).tools(agents.lookUp).build();
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
