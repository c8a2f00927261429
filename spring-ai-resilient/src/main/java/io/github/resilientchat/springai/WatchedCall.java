package io.github.resilientchat.springai;

import io.github.resilientchat.core.report.CodedFailure;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The observation of one call or attempt, ended once. Its handlers are an application's: what one
 * of them throws costs nobody an answer.
 */
final class WatchedCall {

  private static final Logger LOG = LoggerFactory.getLogger(WatchedCall.class);

  private final Observation observation;
  private final ObservationRegistry registry;
  private final AtomicBoolean ended = new AtomicBoolean();

  private WatchedCall(Observation observation, ObservationRegistry registry) {
    this.observation = observation;
    this.registry = registry;
  }

  static WatchedCall started(Observation observation, ObservationRegistry registry) {
    WatchedCall watched = new WatchedCall(observation, registry);
    watched.safely(observation::start);
    return watched;
  }

  Observation observation() {
    return observation;
  }

  /** Runs the call with the observation as the thread's current one, and leaves it as it was. */
  <T> T around(Supplier<T> call) {
    Observation.@Nullable Scope before = registry.getCurrentObservationScope();
    Observation.Scope[] opened = {Observation.Scope.NOOP};
    safely(() -> opened[0] = observation.openScope());
    try {
      return call.get();
    } finally {
      safely(opened[0]::close);
      // A handler that throws in between leaves the scope where it is.
      registry.setCurrentObservationScope(before);
    }
  }

  /**
   * It ended with an error, of which traces are told a type and codes.
   *
   * @param facts notes how, before the end is told
   */
  void failed(Throwable error, Runnable facts) {
    if (!ended.get()) {
      safely(() -> observation.error(CodedFailure.of(error)));
      ended(facts);
    }
  }

  void ended(Runnable facts) {
    if (!ended.getAndSet(true)) {
      facts.run();
      safely(observation::stop);
    }
  }

  private void safely(Runnable word) {
    try {
      word.run();
    } catch (Throwable fault) {
      // By type alone: a message may quote a prompt.
      LOG.warn("an observation handler threw {}, which the call survives", fault.getClass());
    }
  }
}
