package io.github.resilientchat.springai;

import io.github.resilientchat.core.adapter.Streaming;
import io.github.resilientchat.core.route.Target;
import io.github.resilientchat.observation.AttemptObservationContext;
import io.github.resilientchat.observation.CallObservations;
import io.github.resilientchat.observation.CallTrail;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.contextpropagation.ObservationThreadLocalAccessor;
import java.util.concurrent.CancellationException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.model.ChatResponse;
import reactor.util.context.Context;

/**
 * The attempts of one call as traces see them: an observation each, below the call's and above what
 * the target's model observes itself. Those of a stream end on threads of their call, since
 * handlers are an application's.
 */
final class AttemptTrail {

  /** Where nobody observes. */
  static final AttemptTrail NONE =
      new AttemptTrail(CallObservations.of(ObservationRegistry.NOOP), "");

  private final CallObservations observations;
  private final CallTrail trail;

  AttemptTrail(CallObservations observations, String route) {
    this.observations = observations;
    trail = CallTrail.of(route);
  }

  ChatResponse call(Target target, Supplier<ChatResponse> attempt) {
    if (observations.isNoop()) {
      return attempt.get();
    }
    AttemptObservationContext known = trail.begins(target);
    WatchedCall watched = WatchedCall.started(observations.attempt(known), observations.registry());
    try {
      ChatResponse answer = watched.around(attempt);
      over(watched, known, null);
      return answer;
    } catch (Throwable error) {
      over(watched, known, error);
      throw error;
    }
  }

  /**
   * Begins an attempt of a stream.
   *
   * @param context of the subscriber, which holds the call's observation
   * @return the context in which the target's model is asked
   */
  Context stream(Target target, Streaming.Signals<ChatResponse> signals, Context context) {
    if (observations.isNoop()) {
      return context;
    }
    AttemptObservationContext known = trail.begins(target);
    Observation observation = observations.attempt(known);
    context
        .<Observation>getOrEmpty(ObservationThreadLocalAccessor.KEY)
        .ifPresent(observation::parentObservation);
    WatchedCall watched = WatchedCall.started(observation, observations.registry());
    signals.onEnd(error -> over(watched, known, error));
    return context.put(ObservationThreadLocalAccessor.KEY, observation);
  }

  private void over(
      WatchedCall watched, AttemptObservationContext known, @Nullable Throwable error) {
    Runnable facts = () -> trail.ended(known, error);
    if (error == null || error instanceof CancellationException) {
      watched.ended(facts);
    } else {
      watched.failed(error, facts);
    }
  }
}
