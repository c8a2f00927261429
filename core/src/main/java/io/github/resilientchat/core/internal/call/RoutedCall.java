package io.github.resilientchat.core.internal.call;

import io.github.resilientchat.core.EdgeRequest;
import io.github.resilientchat.core.ModelCall;
import io.github.resilientchat.core.Usage;
import io.github.resilientchat.core.adapter.AlreadyEnded;
import io.github.resilientchat.core.adapter.GiveUp;
import io.github.resilientchat.core.adapter.Step;
import io.github.resilientchat.core.failure.Evidence;
import io.github.resilientchat.core.failure.Failure;
import io.github.resilientchat.core.failure.FailureKind;
import io.github.resilientchat.core.internal.choice.Candidates;
import io.github.resilientchat.core.internal.choice.Chosen;
import io.github.resilientchat.core.internal.foreign.Foreign;
import io.github.resilientchat.core.internal.gate.Outcome;
import io.github.resilientchat.core.quota.Admission;
import io.github.resilientchat.core.report.CallReport;
import io.github.resilientchat.core.route.Target;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/**
 * One call on its way over a route. A signal is classified first, with nothing changed yet; then
 * one transition is made under the call's lock; then its effects happen and, if that is what comes
 * next, a choice is made, both without the lock. So whatever code of others throws, blocks or calls
 * back in, it finds the call whole.
 */
final class RoutedCall {

  private final RouteState route;
  private final ModelCall call;
  private final @Nullable String insteadOf;
  private final CallState state;
  private final CallFlow flow;

  /**
   * @param insteadOf the route that was asked for, if the caller's plan sent the call over here
   */
  RoutedCall(RouteState route, ModelCall call, @Nullable String insteadOf) {
    this.route = route;
    this.call = call;
    this.insteadOf = insteadOf;
    long now = now();
    this.state = new CallState(this, route.route().name(), insteadOf, call, now);
    if (!call.terms().fallbacks()) {
      route
          .fallbacks()
          .forEach(target -> state.candidates(state.candidates().without(target, false)));
    }
    this.flow = new CallFlow(this, route, state, call, now);
  }

  long now() {
    return route.common().ticker().nanos();
  }

  boolean isStreaming() {
    return call.streaming();
  }

  private double chance() {
    return route.common().random().nextDouble();
  }

  Step begin() {
    return admit(null);
  }

  /** Asks the quotas, for the first time or, in its turn, again. */
  private Step admit(Admission.@Nullable Turn turn) {
    Admission admission;
    try {
      admission =
          Objects.requireNonNull(
              turn == null ? route.quotas().admit(call) : turn.again(), "no admission");
    } catch (Throwable fault) {
      leave(turn);
      return step(now -> flow.notAdmitted(fault, now));
    }
    if (admission instanceof Admission.Elsewhere other) {
      return elsewhere(other);
    }
    Step step = step(now -> flow.admitted(admission, now));
    if (admission instanceof Admission.Later later && !(step instanceof Waiting)) {
      leave(later.turn());
    }
    return step;
  }

  /** Over another route, as a call of that one: its time, its targets, its limits. Once. */
  private Step elsewhere(Admission.Elsewhere to) {
    boolean may = insteadOf == null && call.terms().fallbacks();
    @Nullable RouteState other = may ? route.common().routes().get(to.route()) : null;
    if (other == null || other == route) {
      return step(now -> flow.admitted(to.why(), now));
    }
    EdgeRequest.wentOver(to.route(), route.route().name(), call.caller());
    return new RoutedCall(other, call, route.route().name()).begin();
  }

  private static void leave(Admission.@Nullable Turn turn) {
    if (turn != null) {
      Foreign.run(turn.getClass().getName(), turn::leave);
    }
  }

  /** What a signal does to the call. */
  private interface Transition {
    Verdict make(long now);
  }

  private Step step(Transition transition) {
    Verdict verdict = made(transition);
    while (verdict instanceof Verdict.Choose choose) {
      verdict = chosen(choose.search());
    }
    if (verdict instanceof Verdict.Go go) {
      return go.step();
    }
    return verdict == Verdict.Nothing.HERE ? AlreadyEnded.INSTANCE : giveUp(verdict);
  }

  private Verdict made(Transition transition) {
    long now = now();
    Verdict verdict;
    @Nullable Effects effects;
    synchronized (state) {
      verdict = transition.make(now);
      effects = state.takeEffects();
    }
    happen(effects);
    return verdict;
  }

  private void happen(@Nullable Effects effects) {
    if (effects != null) {
      effects.happen(route);
    }
  }

  private Verdict chosen(Search search) {
    Chosen chosen = choice(search);
    double chance = chosen.place() == null && search.failed() != null ? chance() : 0;
    Verdict verdict = made(now -> flow.chosen(search, chosen, chance, now));
    if (chosen.place() != null && !(verdict instanceof Verdict.Go)) {
      chosen.place().release(Outcome.NOT_USED);
    }
    return verdict;
  }

  private Chosen choice(Search search) {
    Candidates candidates = candidates();
    long remaining = flow.remaining(now());
    @Nullable Try attempt = search.failed();
    if (search.kind() == Search.Kind.ANY || attempt == null) {
      return route.choice().any(call, candidates, remaining, search.wellOnly());
    }
    return search.isForTheSame()
        ? route.choice().only(attempt.target(), attempt.place().tier(), call)
        : route.choice().beside(attempt.target(), call, candidates, remaining);
  }

  private Candidates candidates() {
    synchronized (state) {
      return state.candidates();
    }
  }

  Optional<Duration> hedgeAfter() {
    return route.hedges().after(call);
  }

  Step hedge(Try first) {
    if (hedgeAfter().isEmpty() || first.place().stats().isScarce()) {
      return AlreadyEnded.INSTANCE;
    }
    return step(
        now ->
            flow.mayHedge(first, now)
                ? new Verdict.Choose(Search.beside(first))
                : Verdict.Nothing.HERE);
  }

  boolean accept(Try attempt) {
    return did(now -> state.accept(attempt, now));
  }

  boolean answered(Try attempt, @Nullable Usage usage) {
    return did(now -> state.answered(attempt, usage, now));
  }

  /** A signal that is heeded or not. */
  private interface Change {
    boolean make(long now);
  }

  private boolean did(Change change) {
    long now = now();
    boolean heeded;
    @Nullable Effects effects;
    synchronized (state) {
      heeded = change.make(now);
      effects = state.takeEffects();
    }
    happen(effects);
    return heeded;
  }

  Step failed(Try attempt, Throwable error) {
    Failure failure = classify(error, attempt.isTaken());
    double chance = chance();
    Evidence seen = isUnderWay(attempt) ? seen(attempt, failure) : Evidence.NONE;
    return step(now -> flow.failed(attempt, failure, seen, error, chance, now));
  }

  private boolean isUnderWay(Try attempt) {
    synchronized (state) {
      return state.isUnderWay(attempt);
    }
  }

  private Evidence seen(Try attempt, Failure failure) {
    return attempt
        .place()
        .stats()
        .evidence()
        .seen(failure, call.streaming(), attempt.startedAt(), now());
  }

  /** What nobody knows is the target's when it had taken the request, else the caller's own. */
  private Failure classify(Throwable error, boolean taken) {
    @Nullable Failure known =
        Foreign.ask("a classifier", () -> route.common().classifier().classify(error).orElse(null));
    return known != null
        ? known
        : Failure.of(
            taken ? FailureKind.MODEL_FAILED : FailureKind.REJECTED,
            error.getClass().getSimpleName());
  }

  Step resumed(Waiting pause) {
    if (pause.turn() != null) {
      return did(now -> flow.asksAgain(pause)) ? admit(pause.turn()) : AlreadyEnded.INSTANCE;
    }
    Set<Target> rested = route.choice().rested(candidates());
    return step(now -> flow.resumed(pause, rested, now));
  }

  void cancelled(Try attempt) {
    did(
        now -> {
          state.cancelled(attempt, now);
          return true;
        });
  }

  void cancelled(Waiting pause) {
    did(
        now -> {
          flow.cancelled(pause, now);
          return true;
        });
    leave(pause.turn());
  }

  Step abandoned(Try attempt) {
    return step(
        now ->
            state.abandoned(attempt, now)
                ? new Verdict.Own(
                    new CancellationException("interrupted before a target was asked"))
                : Verdict.Nothing.HERE);
  }

  Duration patience(Try attempt) {
    long now = now();
    synchronized (state) {
      return flow.patience(attempt, now);
    }
  }

  Duration untilSilent(Try attempt) {
    long now = now();
    synchronized (state) {
      return flow.untilSilent(attempt, now);
    }
  }

  CallReport report() {
    long now = now();
    synchronized (state) {
      return state.report(now);
    }
  }

  private GiveUp giveUp(Verdict verdict) {
    CallReport report = report();
    List<Throwable> errors;
    synchronized (state) {
      errors = flow.errors();
    }
    return new GiveUp(new Endings(route, call, report, errors).of(verdict), report);
  }
}
