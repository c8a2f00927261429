package io.github.resilientchat.autoconfigure.langchain4j;

import dev.langchain4j.model.chat.listener.ChatModelErrorContext;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.chat.listener.ChatModelRequestContext;
import dev.langchain4j.model.chat.listener.ChatModelResponseContext;
import io.github.resilientchat.core.Ticker;
import io.github.resilientchat.core.report.AttemptReport;
import io.github.resilientchat.core.report.CallReport;
import io.github.resilientchat.core.report.CodedFailure;
import io.github.resilientchat.core.report.RoutingException;
import io.github.resilientchat.core.route.Target;
import io.github.resilientchat.langchain4j.AttemptWatch;
import io.github.resilientchat.langchain4j.ResilientChatResponse;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * One observation {@code resilient.chat} a call, as Spring AI's model makes it, and one {@code
 * resilient.attempt} below it for each attempt, with an event too: targets and codes, nobody's
 * text. In a blocking call it is the thread's current one while targets are asked; a stream's is
 * told by its handler's thread that it is over.
 *
 * @param blocking whether a call ends on the thread that it began on
 */
record ObservedCalls(ObservationRegistry registry, boolean blocking)
    implements ChatModelListener, AttemptWatch {

  static final String NAME = "resilient.chat";
  static final String ATTEMPT = "resilient.attempt";

  private static final Ticker TICKER = Ticker.system();

  /** A call under way. */
  private record Watched(
      Observation observation,
      Observation.Scope scope,
      String route,
      long began,
      AtomicReference<String> failedBefore) {}

  @Override
  public void onRequest(ChatModelRequestContext context) {
    String route = Optional.ofNullable(context.chatRequest().modelName()).orElse("");
    Observation observation =
        Observation.createNotStarted(NAME, registry)
            .contextualName("chat " + route)
            .lowCardinalityKeyValue("route", route)
            .start();
    context
        .attributes()
        .put(
            this,
            new Watched(
                observation,
                blocking ? observation.openScope() : Observation.Scope.NOOP,
                route,
                TICKER.nanos(),
                new AtomicReference<>()));
  }

  @Override
  public AttemptWatch.Watched begins(Target target, Map<Object, Object> attributes) {
    @Nullable Watched call = (Watched) attributes.get(this);
    if (call == null) {
      return error -> {};
    }
    long waited = TICKER.nanos() - call.began();
    Observation attempt =
        Observation.createNotStarted(ATTEMPT, registry)
            .contextualName("attempt " + target.name())
            .parentObservation(call.observation())
            .lowCardinalityKeyValue("route", call.route())
            .lowCardinalityKeyValue("target", target.name())
            .highCardinalityKeyValue("resilient.wait", Duration.ofNanos(waited).toMillis() + "ms");
    @Nullable String reason = call.failedBefore().get();
    if (reason != null) {
      attempt.highCardinalityKeyValue("resilient.reason", reason);
    }
    attempt.start();
    Observation.Scope scope = blocking ? attempt.openScope() : Observation.Scope.NOOP;
    return error -> over(call, attempt, scope, error);
  }

  private static void over(
      Watched call, Observation attempt, Observation.Scope scope, @Nullable Throwable error) {
    scope.close();
    boolean left = error instanceof CancellationException;
    if (error != null && !left) {
      CodedFailure coded = CodedFailure.of(error);
      call.failedBefore().set(coded.getMessage());
      attempt.error(coded);
    }
    attempt
        .lowCardinalityKeyValue(
            "outcome", error == null ? "answered" : left ? "cancelled" : "failed")
        .stop();
  }

  @Override
  public void onResponse(ChatModelResponseContext context) {
    Watched watched = watched(context.attributes());
    if (watched != null) {
      ResilientChatResponse.reportOf(context.chatResponse())
          .ifPresent(report -> told(report, watched.observation()));
      end(watched, CallReport.Ending.ANSWERED);
    }
  }

  @Override
  public void onError(ChatModelErrorContext context) {
    Watched watched = watched(context.attributes());
    if (watched != null) {
      Throwable error = context.error();
      watched.observation().error(CodedFailure.of(error));
      if (error instanceof RoutingException routing) {
        told(routing.report(), watched.observation());
      }
      end(watched, ending(error));
    }
  }

  private @Nullable Watched watched(Map<Object, Object> attributes) {
    return (Watched) attributes.remove(this);
  }

  private static void told(CallReport report, Observation observation) {
    report
        .servedBy()
        .ifPresent(
            target -> observation.highCardinalityKeyValue("resilient.target", target.name()));
    observation.highCardinalityKeyValue(
        "resilient.attempts", String.valueOf(report.attempts().size()));
    for (AttemptReport attempt : report.begun()) {
      String outcome = attempt.failure() == null ? "answered" : attempt.failure().toString();
      observation.event(
          Observation.Event.of("resilient.attempt", attempt.target().name() + ": " + outcome));
    }
  }

  private static CallReport.Ending ending(Throwable error) {
    if (error instanceof RoutingException routing) {
      return routing.report().ending();
    }
    return error instanceof CancellationException
        ? CallReport.Ending.CANCELLED
        : CallReport.Ending.FAILED;
  }

  private static void end(Watched watched, CallReport.Ending ending) {
    try {
      watched.scope().close();
    } finally {
      watched
          .observation()
          .lowCardinalityKeyValue("outcome", ending.name().toLowerCase(Locale.ROOT))
          .stop();
    }
  }
}
