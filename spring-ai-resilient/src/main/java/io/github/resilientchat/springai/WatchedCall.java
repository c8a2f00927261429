package io.github.resilientchat.springai;

import io.github.resilientchat.core.report.CallReport;
import io.github.resilientchat.core.report.CodedFailure;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.ai.chat.model.ChatResponse;

/**
 * The observation of one call, ended once. Its handlers are an application's: what one of them
 * throws costs nobody an answer.
 */
final class WatchedCall {

  private static final Logger LOG = LoggerFactory.getLogger(WatchedCall.class);
  private static final String OUTCOME = "outcome";
  private static final List<String> FACTS =
      List.of("resilient.target", "resilient.attempts", "resilient.moves");

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

  void failed(CallReport.Ending ending, Throwable error) {
    failed(ending.name().toLowerCase(Locale.ROOT), error);
  }

  void failed(String ending, Throwable error) {
    if (!ended.get()) {
      safely(() -> observation.error(CodedFailure.of(error)));
      ended(ending);
    }
  }

  /** What an answer says of how it came about, for traces alone: targets and codes. */
  void served(@Nullable ChatResponse answer) {
    if (answer != null && !ended.get()) {
      safely(() -> FACTS.forEach(fact -> note(fact, answer.getMetadata().get(fact))));
    }
  }

  private void note(String fact, @Nullable Object value) {
    if (value != null) {
      observation.highCardinalityKeyValue(fact, String.valueOf(value));
    }
  }

  void ended(CallReport.Ending ending) {
    ended(ending.name().toLowerCase(Locale.ROOT));
  }

  void ended(String outcome) {
    if (!ended.getAndSet(true)) {
      safely(() -> observation.lowCardinalityKeyValue(OUTCOME, outcome));
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
