package io.github.resilientchat.observation;

import io.github.resilientchat.core.Caller;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;
import io.micrometer.observation.ObservationRegistry;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How calls and attempts are observed: by whom, by which names, and under which key callers are
 * hashed. What a convention, a predicate or a handler of the application throws costs nobody an
 * answer. Thread-safe.
 *
 * @param calls the application's convention of calls, or null for {@link
 *     DefaultCallObservationConvention} and what the registry has for all
 * @param attempts the same of attempts
 * @param callers how callers are named
 */
public record CallObservations(
    ObservationRegistry registry,
    @Nullable CallObservationConvention calls,
    @Nullable AttemptObservationConvention attempts,
    CallerIds callers) {

  private static final Logger LOG = LoggerFactory.getLogger(CallObservations.class);

  private static final CallObservationConvention CALLS = new DefaultCallObservationConvention();
  private static final AttemptObservationConvention ATTEMPTS =
      new DefaultAttemptObservationConvention();

  /** Observed by this registry, by the names of this library, under a key made here. */
  public static CallObservations of(ObservationRegistry registry) {
    return new CallObservations(registry, null, null, CallerIds.random());
  }

  /** Whether nobody observes. */
  public boolean isNoop() {
    return registry.isNoop();
  }

  /** A call's context. */
  public CallObservationContext context(String route, Caller caller) {
    CallObservationContext context = new CallObservationContext(route);
    context.caller(callers.of(caller));
    return context;
  }

  /** The observation of a call, not started. */
  public Observation call(CallObservationContext context) {
    return observation(calls, CALLS, context);
  }

  /** The observation of an attempt, not started, below the thread's current one. */
  public Observation attempt(AttemptObservationContext context) {
    return observation(attempts, ATTEMPTS, context);
  }

  private <C extends Observation.Context> Observation observation(
      @Nullable ObservationConvention<C> own, ObservationConvention<C> ours, C context) {
    try {
      // Handlers that go by names are asked before Micrometer says it.
      context.setName((own == null ? ours : own).getName());
      return Observation.createNotStarted(own, ours, () -> context, registry);
    } catch (Throwable fault) {
      // By type alone: a message may quote a prompt.
      LOG.warn("an observation was not made: {}, which the call survives", fault.getClass());
      return Observation.NOOP;
    }
  }
}
