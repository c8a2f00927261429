package io.github.resilientchat.springai;

import io.github.resilientchat.core.Ticker;
import io.github.resilientchat.core.adapter.Streaming;
import io.github.resilientchat.core.report.CodedFailure;
import io.github.resilientchat.core.route.Target;
import io.github.resilientchat.observation.AttemptObservationContext;
import io.github.resilientchat.observation.AttemptObservationContext.Outcome;
import io.github.resilientchat.observation.CallObservations;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.contextpropagation.ObservationThreadLocalAccessor;
import java.time.Duration;
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
  private final String route;
  private final Ticker ticker = Ticker.system();
  private final long began = ticker.nanos();
  private volatile @Nullable String failedBefore;

  AttemptTrail(CallObservations observations, String route) {
    this.observations = observations;
    this.route = route;
  }

  ChatResponse call(Target target, Supplier<ChatResponse> attempt) {
    if (observations.isNoop()) {
      return attempt.get();
    }
    AttemptObservationContext known = begins(target);
    WatchedCall watched = WatchedCall.started(observations.attempt(known), observations.registry());
    try {
      ChatResponse answer = watched.around(attempt);
      watched.ended(() -> known.outcome(Outcome.ANSWERED));
      return answer;
    } catch (Throwable error) {
      failed(watched, known, error);
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
    AttemptObservationContext known = begins(target);
    Observation observation = observations.attempt(known);
    context
        .<Observation>getOrEmpty(ObservationThreadLocalAccessor.KEY)
        .ifPresent(observation::parentObservation);
    WatchedCall watched = WatchedCall.started(observation, observations.registry());
    signals.onEnd(error -> over(watched, known, error));
    return context.put(ObservationThreadLocalAccessor.KEY, observation);
  }

  private AttemptObservationContext begins(Target target) {
    Duration waited = Duration.ofNanos(ticker.nanos() - began);
    return new AttemptObservationContext(route, target.name(), waited, failedBefore);
  }

  private void over(
      WatchedCall watched, AttemptObservationContext known, @Nullable Throwable error) {
    if (error == null) {
      watched.ended(() -> known.outcome(Outcome.ANSWERED));
    } else if (error instanceof CancellationException) {
      watched.ended(() -> known.outcome(Outcome.CANCELLED));
    } else {
      failed(watched, known, error);
    }
  }

  private void failed(WatchedCall watched, AttemptObservationContext known, Throwable error) {
    failedBefore = String.valueOf(CodedFailure.of(error).getMessage());
    watched.failed(error, () -> known.outcome(Outcome.FAILED));
  }
}
