package io.github.resilientchat.autoconfigure.langchain4j;

import dev.langchain4j.model.chat.listener.ChatModelErrorContext;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.chat.listener.ChatModelRequestContext;
import dev.langchain4j.model.chat.listener.ChatModelResponseContext;
import io.github.resilientchat.core.report.AttemptReport;
import io.github.resilientchat.core.report.CallReport;
import io.github.resilientchat.core.report.CodedFailure;
import io.github.resilientchat.core.report.RoutingException;
import io.github.resilientchat.core.route.Target;
import io.github.resilientchat.langchain4j.AttemptWatch;
import io.github.resilientchat.langchain4j.ResilientChatResponse;
import io.github.resilientchat.observation.AttemptObservationContext;
import io.github.resilientchat.observation.AttemptObservationContext.Outcome;
import io.github.resilientchat.observation.CallObservationContext;
import io.github.resilientchat.observation.CallObservations;
import io.github.resilientchat.observation.CallTrail;
import io.micrometer.observation.Observation;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One observation a call, as Spring AI's model makes it, and one below it for each attempt, with an
 * event too: targets and codes, nobody's text. In a blocking call it is the thread's current one
 * while targets are asked; a stream's is told by its handler's thread that it is over.
 *
 * @param blocking whether a call ends on the thread that it began on
 */
record ObservedCalls(CallObservations observations, boolean blocking)
    implements ChatModelListener, AttemptWatch {

  /** A call under way. */
  private record Watched(
      CallObservationContext known,
      Observation observation,
      Observation.Scope scope,
      CallTrail trail) {}

  @Override
  public void onRequest(ChatModelRequestContext context) {
    String route = Optional.ofNullable(context.chatRequest().modelName()).orElse("");
    CallObservationContext known = new CallObservationContext(route);
    Observation observation = observations.call(known).start();
    context
        .attributes()
        .put(
            this,
            new Watched(
                known,
                observation,
                blocking ? observation.openScope() : Observation.Scope.NOOP,
                CallTrail.of(route)));
  }

  @Override
  public AttemptWatch.Watched begins(Target target, Map<Object, Object> attributes) {
    @Nullable Watched call = (Watched) attributes.get(this);
    if (call == null) {
      return error -> {};
    }
    AttemptObservationContext known = call.trail().begins(target);
    Observation attempt = observations.attempt(known).parentObservation(call.observation()).start();
    Observation.Scope scope = blocking ? attempt.openScope() : Observation.Scope.NOOP;
    return error -> {
      scope.close();
      over(call, known, attempt, error);
    };
  }

  private static void over(
      Watched call,
      AttemptObservationContext known,
      Observation attempt,
      @Nullable Throwable error) {
    call.trail().ended(known, error);
    if (error != null && known.outcome() == Outcome.FAILED) {
      attempt.error(CodedFailure.of(error));
    }
    attempt.stop();
  }

  @Override
  public void onResponse(ChatModelResponseContext context) {
    Watched watched = watched(context.attributes());
    if (watched != null) {
      ResilientChatResponse.reportOf(context.chatResponse())
          .ifPresent(report -> told(report, watched));
      end(watched, known -> known.ending(CallReport.Ending.ANSWERED));
    }
  }

  @Override
  public void onError(ChatModelErrorContext context) {
    Watched watched = watched(context.attributes());
    if (watched != null) {
      Throwable error = context.error();
      watched.observation().error(CodedFailure.of(error));
      if (error instanceof RoutingException routing) {
        told(routing.report(), watched);
      }
      end(watched, known -> known.failed(error));
    }
  }

  private @Nullable Watched watched(Map<Object, Object> attributes) {
    return (Watched) attributes.remove(this);
  }

  private void told(CallReport report, Watched watched) {
    CallObservationContext known = watched.known();
    known.caller(observations.callers().of(report.caller()));
    report.servedBy().ifPresent(target -> known.target(target.name()));
    known.attempts(String.valueOf(report.attempts().size()));
    for (AttemptReport attempt : report.begun()) {
      String outcome = attempt.failure() == null ? "answered" : attempt.failure().toString();
      watched
          .observation()
          .event(
              Observation.Event.of("resilient.attempt", attempt.target().name() + ": " + outcome));
    }
  }

  private static void end(Watched watched, Consumer<CallObservationContext> ending) {
    try {
      watched.scope().close();
    } finally {
      ending.accept(watched.known());
      watched.observation().stop();
    }
  }
}
