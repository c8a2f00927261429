package io.github.resilientchat.springai;

import io.github.resilientchat.core.Ticker;
import io.github.resilientchat.core.report.CodedFailure;
import io.github.resilientchat.core.route.Target;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.model.ChatResponse;

/**
 * The attempts of one call as traces see them: an observation {@value #NAME} each, below the call's
 * and above what the target's model observes itself. Says where, how it ended, how long after the
 * call began, and what the one before it failed with; types and codes, nobody's text. Only of calls
 * that block: the attempts of a stream end on threads that many streams share, where no handler of
 * an application may run.
 */
final class AttemptTrail {

  static final String NAME = "resilient.attempt";

  private final ObservationRegistry registry;
  private final String route;
  private final Ticker ticker = Ticker.system();
  private final long began = ticker.nanos();
  private volatile @Nullable String failedBefore;

  AttemptTrail(ObservationRegistry registry, String route) {
    this.registry = registry;
    this.route = route;
  }

  ChatResponse call(Target target, Supplier<ChatResponse> attempt) {
    if (registry.isNoop()) {
      return attempt.get();
    }
    WatchedCall watched = WatchedCall.started(observation(target), registry);
    try {
      ChatResponse answer = watched.around(attempt);
      watched.ended("answered");
      return answer;
    } catch (Throwable error) {
      failed(watched, error);
      throw error;
    }
  }

  private void failed(WatchedCall watched, Throwable error) {
    failedBefore = String.valueOf(CodedFailure.of(error).getMessage());
    watched.failed("failed", error);
  }

  private Observation observation(Target target) {
    Observation observation =
        Observation.createNotStarted(NAME, registry)
            .contextualName("attempt " + target.name())
            .lowCardinalityKeyValue("route", route)
            .lowCardinalityKeyValue("target", target.name())
            .highCardinalityKeyValue(
                "resilient.wait", Duration.ofNanos(ticker.nanos() - began).toMillis() + "ms");
    @Nullable String reason = failedBefore;
    return reason == null
        ? observation
        : observation.highCardinalityKeyValue("resilient.reason", reason);
  }
}
