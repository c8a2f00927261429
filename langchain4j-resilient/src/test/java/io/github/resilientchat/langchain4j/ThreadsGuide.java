package io.github.resilientchat.langchain4j;

import dev.langchain4j.agentic.AgenticServices;
import dev.langchain4j.agentic.UntypedAgent;
import dev.langchain4j.agentic.scope.AgenticScope;
import dev.langchain4j.invocation.LangChain4jManaged;
import dev.langchain4j.service.AiServices;
import io.github.resilientchat.core.Caller;
import io.github.resilientchat.core.CallerScope;
import io.micrometer.context.ContextSnapshotFactory;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;

/** The code of the guide to LangChain4j. */
final class ThreadsGuide {

  private ThreadsGuide() {}

  static void carryAllThatMicrometerKnows(ResilientStreamingChatModel.Builder model) {
    // snippet: micrometer
    ContextSnapshotFactory snapshots = ContextSnapshotFactory.builder().build();

    model.context(() -> snapshots.captureAll()::wrap);
    // end
  }

  static void runToolsConcurrently(AiServices<?> service, Executor threads) {
    // snippet: tools
    CallContext context = CallContext.mdc().and(CallContext.caller());

    service.executeToolsConcurrently(context.executor(threads));
    // end
  }

  /** Two agents at a time, each with the same model. */
  static Object reportFor(Object writer, Object critic, Executor threads) {
    // snippet: agents
    UntypedAgent report =
        AgenticServices.parallelBuilder()
            .subAgents(writer, critic)
            .executor(CallContext.mdc().and(CallContext.caller()).executor(threads))
            .build();

    return CallerScope.callAs(Caller.user("alice"), () -> report.invoke(Map.of("topic", "cats")));
    // end
  }

  static void findTheCallerInTheScope(ResilientChatModel.Builder model) {
    // snippet: scope
    model.callers(
        () ->
            Optional.ofNullable(LangChain4jManaged.current(AgenticScope.class))
                .map(scope -> scope.readState("user", (String) null))
                .map(Caller::user));
    // end
  }
}
