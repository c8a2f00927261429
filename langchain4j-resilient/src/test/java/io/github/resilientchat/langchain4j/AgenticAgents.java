package io.github.resilientchat.langchain4j;

import dev.langchain4j.agent.tool.Tool;
import dev.langchain4j.agentic.Agent;
import dev.langchain4j.service.TokenStream;
import dev.langchain4j.service.UserMessage;
import dev.langchain4j.service.V;
import io.github.resilientchat.core.Caller;
import io.github.resilientchat.core.CallerScope;
import io.github.resilientchat.core.engine.Engine;
import io.github.resilientchat.core.report.CallReport;
import io.github.resilientchat.core.report.RouteListener;
import io.github.resilientchat.core.route.RoutePolicy;
import io.github.resilientchat.simulator.Answer;
import io.github.resilientchat.simulator.ConverseCall;
import io.github.resilientchat.simulator.Fault;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.MDC;

/**
 * Agents on the real Bedrock models of blue, and of green when blue cannot answer. The writer looks
 * things up first; the editor and the critic only talk. Public, as LangChain4j calls agents from
 * another package.
 */
public final class AgenticAgents implements AutoCloseable {

  final SimulatedBedrock simulated = new SimulatedBedrock();
  final List<CallReport> reports = new CopyOnWriteArrayList<>();
  final Engine.Builder engine =
      Engine.builder()
          .listener(
              new RouteListener() {
                @Override
                public void onCall(CallReport report) {
                  reports.add(report);
                }
              });
  final LookUp lookUp = new LookUp();

  AgenticAgents() {
    simulated.bedrock.answer(AgenticAgents::answer);
  }

  ResilientChatModel model() {
    return builder().build();
  }

  ResilientChatModel.Builder builder() {
    return ResilientChatModel.builder()
        .engine(engine.build())
        .target(SimulatedBedrock.target("blue"), simulated.model("blue"))
        .fallback(SimulatedBedrock.target("green"), simulated.model("green"));
  }

  ResilientStreamingChatModel stream() {
    return simulated.resilientStream(engine.build(), RoutePolicy.DEFAULTS);
  }

  /** Blue fails its next call, in a way that says nothing of the one after it. */
  void failBlueOnce() {
    simulated.bedrock.fault(
        Fault.httpError(500, "InternalServerException", "Try again").account("blue").times(1));
  }

  List<Caller> callers() {
    return reports.stream().map(CallReport::caller).toList();
  }

  static Answer answer(ConverseCall call) {
    String request = call.request().toString();
    if (request.contains("toolResult")) {
      return Answer.text("a draft");
    } else if (request.contains("Write about")) {
      return Answer.toolUse("use-1", "lookUp", "{}");
    } else if (request.contains("Edit")) {
      return Answer.text("an edited draft");
    }
    return Answer.text(request.contains("an edited draft") ? "0.9" : "0.3");
  }

  /** A planner that has the writer write, and is done. */
  static Answer planned(ConverseCall call) {
    String request = call.request().toString();
    if (!request.contains("planner expert")) {
      return answer(call);
    }
    return request.contains("is: 'a draft'")
        ? Answer.text("{\"agentName\": \"done\", \"arguments\": {\"response\": \"ok\"}}")
        : Answer.text("{\"agentName\": \"write\", \"arguments\": {\"topic\": \"cats\"}}");
  }

  @Override
  public void close() {
    simulated.close();
  }

  /** A tool that must not run twice for one question. */
  static final class LookUp {

    final AtomicInteger runs = new AtomicInteger();
    final List<String> contexts = new CopyOnWriteArrayList<>();
    volatile Runnable whileLooking = () -> {};

    @Tool("looks things up")
    String lookUp() {
      runs.incrementAndGet();
      String caller = CallerScope.current().map(Caller::user).orElse("nobody");
      contexts.add(MDC.get("request") + " of " + caller);
      whileLooking.run();
      return "found";
    }
  }

  public interface Writer {
    @UserMessage("Write about {{topic}}")
    @Agent(outputKey = "draft", description = "Writes a draft about a topic")
    String write(@V("topic") String topic);
  }

  public interface OtherWriter {
    @UserMessage("Write about {{topic}} too")
    @Agent(outputKey = "other", description = "Writes another draft")
    String write(@V("topic") String topic);
  }

  public interface AsyncWriter {
    @UserMessage("Write about {{topic}}")
    @Agent(outputKey = "draft", async = true)
    String write(@V("topic") String topic);
  }

  public interface StreamingWriter {
    @UserMessage("Write about {{topic}}")
    @Agent(outputKey = "draft")
    TokenStream write(@V("topic") String topic);
  }

  public interface Editor {
    @UserMessage("Edit: {{draft}}")
    @Agent(outputKey = "draft", description = "Edits a draft")
    String edit(@V("draft") String draft);
  }

  public interface Critic {
    @UserMessage("Score: {{draft}}")
    @Agent(outputKey = "score", description = "Scores a draft")
    double score(@V("draft") String draft);
  }
}
