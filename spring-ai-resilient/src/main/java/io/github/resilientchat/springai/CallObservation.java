package io.github.resilientchat.springai;

import io.github.resilientchat.core.Caller;
import io.github.resilientchat.core.report.CallReport;
import io.github.resilientchat.observation.CallObservationContext;
import io.github.resilientchat.observation.CallObservations;
import io.micrometer.observation.Observation;
import io.micrometer.observation.contextpropagation.ObservationThreadLocalAccessor;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.model.ChatResponse;
import reactor.core.publisher.Flux;
import reactor.util.context.ContextView;

/** One observation per call, the parent of those that the models make for each attempt. */
record CallObservation(CallObservations observations) {

  /** Whether nobody observes. */
  boolean isNoop() {
    return observations.isNoop();
  }

  ChatResponse observe(String route, Caller caller, Supplier<ChatResponse> call) {
    CallObservationContext known = observations.context(route, caller);
    WatchedCall watched = WatchedCall.started(observations.call(known), observations.registry());
    try {
      ChatResponse answer = watched.around(call);
      served(known, answer);
      watched.ended(() -> known.ending(CallReport.Ending.ANSWERED));
      return answer;
    } catch (Throwable e) {
      watched.failed(e, () -> known.failed(e));
      throw e;
    }
  }

  /**
   * Ends the observation before the subscriber hears the end: whoever waits for it finds it over.
   */
  Flux<ChatResponse> observe(String route, Caller caller, Flux<ChatResponse> call) {
    if (isNoop()) {
      return call;
    }
    return Flux.deferContextual(
        context -> {
          CallObservationContext known = observations.context(route, caller);
          WatchedCall watched = started(known, context);
          return call.doOnNext(part -> served(known, part))
              .doOnComplete(() -> watched.ended(() -> known.ending(CallReport.Ending.ANSWERED)))
              .doOnError(error -> watched.failed(error, () -> known.failed(error)))
              .doOnCancel(() -> watched.ended(() -> known.ending(CallReport.Ending.CANCELLED)))
              .contextWrite(
                  inner -> inner.put(ObservationThreadLocalAccessor.KEY, watched.observation()));
        });
  }

  private WatchedCall started(CallObservationContext known, ContextView context) {
    Observation observation = observations.call(known);
    context
        .<Observation>getOrEmpty(ObservationThreadLocalAccessor.KEY)
        .ifPresent(observation::parentObservation);
    return WatchedCall.started(observation, observations.registry());
  }

  /** What an answer says of how it came about, for traces alone: targets and codes. */
  private static void served(CallObservationContext known, @Nullable ChatResponse answer) {
    if (answer != null) {
      note(answer, "resilient.target", known::target);
      note(answer, "resilient.attempts", known::attempts);
      note(answer, "resilient.moves", known::moves);
    }
  }

  private static void note(ChatResponse answer, String fact, Consumer<String> place) {
    @Nullable Object value = answer.getMetadata().get(fact);
    if (value != null) {
      place.accept(String.valueOf(value));
    }
  }
}
