package io.github.resilientchat.core.internal.call;

import io.github.resilientchat.core.EdgeRequest;
import io.github.resilientchat.core.ModelCall;
import io.github.resilientchat.core.Usage;
import io.github.resilientchat.core.adapter.AlreadyEnded;
import io.github.resilientchat.core.adapter.Step;
import io.github.resilientchat.core.failure.Evidence;
import io.github.resilientchat.core.failure.Failure;
import io.github.resilientchat.core.internal.choice.Candidates;
import io.github.resilientchat.core.internal.choice.Choice;
import io.github.resilientchat.core.internal.choice.Chosen;
import io.github.resilientchat.core.internal.foreign.Foreign;
import io.github.resilientchat.core.internal.gate.Ending;
import io.github.resilientchat.core.internal.gate.TargetGates;
import io.github.resilientchat.core.quota.Admission;
import io.github.resilientchat.core.quota.Reservation;
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
final class RoutedCall extends CallFlow {

  private final @Nullable String insteadOf;

  /**
   * @param insteadOf the route that was asked for, if the caller's plan sent the call over here
   */
  RoutedCall(RouteState route, ModelCall call, @Nullable String insteadOf, long now) {
    super(route, call, now);
    this.insteadOf = insteadOf;
    if (!call.terms().fallbacks()) {
      route.fallbacks().forEach(target -> candidates(candidates().without(target, false)));
    }
  }

  @Override
  @Nullable String insteadOf() {
    return insteadOf;
  }

  @Override
  RoutedCall self() {
    return this;
  }

  private Common common() {
    return route().common();
  }

  long now() {
    return common().ticker().nanos();
  }

  boolean isStreaming() {
    return call().streaming();
  }

  private double chance() {
    return common().random().nextDouble();
  }

  Step begin(long now) {
    return admit(null, now);
  }

  /** Asks the quotas, for the first time or, in its turn, again. */
  private Step admit(Admission.@Nullable Turn turn, long now) {
    Admission admission;
    try {
      admission =
          Objects.requireNonNull(
              turn == null ? route().quotas().admit(call()) : turn.again(), "no admission");
    } catch (Throwable fault) {
      leave(turn);
      return step(later -> notAdmitted(fault, later));
    }
    if (admission instanceof Admission.Elsewhere other) {
      return elsewhere(other);
    }
    Step step = turn == null ? first(admission, now) : step(later -> admitted(admission, later));
    if (admission instanceof Admission.Later later && !(step instanceof Waiting)) {
      leave(later.turn());
    }
    return step;
  }

  /** Under no lock: nobody else knows of the call yet. */
  private Step first(Admission admission, long now) {
    Verdict verdict = admitted(admission, now);
    happen(null, null, takeCloses());
    return follow(verdict, now);
  }

  /** Over another route, as a call of that one: its time, its targets, its limits. Once. */
  private Step elsewhere(Admission.Elsewhere to) {
    boolean may = insteadOf == null && call().terms().fallbacks();
    @Nullable LiveRoute other =
        may && !to.route().equals(routeName()) ? common().routes().get(to.route()) : null;
    if (other == null) {
      return step(now -> admitted(to.why(), now));
    }
    EdgeRequest.wentOver(to.route(), routeName(), call().caller());
    long now = now();
    return new RoutedCall(other.state(), call(), routeName(), now).begin(now);
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
    long now = now();
    return follow(made(transition, now), now);
  }

  private Verdict made(Transition transition, long now) {
    Verdict verdict;
    @Nullable Try works;
    @Nullable Try leaving;
    boolean over;
    synchronized (this) {
      verdict = transition.make(now);
      works = takeWorks();
      leaving = takeLeaving();
      over = takeCloses();
    }
    happen(works, leaving, over);
    return verdict;
  }

  private Step follow(Verdict verdict, long now) {
    while (verdict instanceof Verdict.Choose choose) {
      verdict = chosen(choose.search(), now);
    }
    if (verdict instanceof Step step) {
      return step;
    }
    return verdict == Verdict.Nothing.HERE
        ? AlreadyEnded.INSTANCE
        : new GivenUp(this, verdict, now);
  }

  private Verdict chosen(Search search, long now) {
    Chosen chosen = choice(search, now);
    boolean nobody = chosen.target() == null;
    double chance = nobody ? chance() : 0;
    Verdict verdict;
    boolean over;
    synchronized (this) {
      verdict = chosen(search, chosen, chance, now);
      over = takeCloses();
    }
    happen(null, null, over);
    if (!nobody && !(verdict instanceof Try)) {
      TargetGates.leave(chosen.held(), Ending.NOT_USED, false, null, false, 0, now);
    }
    return verdict;
  }

  private Chosen choice(Search search, long now) {
    Candidates left = candidates();
    @Nullable Try attempt = search.failed();
    Choice choice = route().choice();
    if (search.kind() == Search.Kind.ANY || attempt == null) {
      return choice.any(call(), left, remaining(now), search.wellOnly(), now);
    }
    return search.isForTheSame()
        ? choice.only(attempt.bound(), call(), now)
        : choice.beside(attempt.bound(), call(), left, remaining(now), now);
  }

  Optional<Duration> hedgeAfter() {
    return route().hedges().after(call());
  }

  Step hedge(Try first) {
    if (hedgeAfter().isEmpty() || first.bound().stats().isScarce(now())) {
      return AlreadyEnded.INSTANCE;
    }
    return step(
        now ->
            mayHedge(first, now) ? new Verdict.Choose(Search.beside(first)) : Verdict.Nothing.HERE);
  }

  boolean accepted(Try attempt) {
    long now = now();
    boolean heeded;
    @Nullable Try works;
    @Nullable Try leaving;
    synchronized (this) {
      heeded = accept(attempt, now);
      works = takeWorks();
      leaving = takeLeaving();
    }
    happen(works, leaving, false);
    return heeded;
  }

  boolean completed(Try attempt, @Nullable Usage usage) {
    long now = now();
    boolean heeded;
    @Nullable Try leaving;
    boolean over;
    synchronized (this) {
      heeded = answered(attempt, usage, now);
      leaving = takeLeaving();
      over = takeCloses();
    }
    happen(null, leaving, over);
    return heeded;
  }

  Step failed(Try attempt, Throwable error) {
    Failure failure = classify(error, attempt);
    double chance = chance();
    Evidence seen = isStillUnderWay(attempt) ? seen(attempt, failure) : Evidence.NONE;
    return step(now -> failed(attempt, failure, seen, error, chance, now));
  }

  private synchronized boolean isStillUnderWay(Try attempt) {
    return isUnderWay(attempt);
  }

  private Evidence seen(Try attempt, Failure failure) {
    return attempt
        .bound()
        .stats()
        .evidence()
        .seen(failure, isStreaming(), attempt.startedAt(), now());
  }

  private Failure classify(Throwable error, Try attempt) {
    @Nullable Failure known =
        Foreign.ask("a classifier", () -> common().classifier().classify(error).orElse(null));
    return known != null ? known : Unclassified.of(error, attempt);
  }

  private synchronized boolean isItsTurn(Waiting pause) {
    return asksAgain(pause);
  }

  Step resumed(Waiting pause) {
    if (pause.turn() != null) {
      return isItsTurn(pause) ? admit(pause.turn(), now()) : AlreadyEnded.INSTANCE;
    }
    Set<Target> rested = route().choice().rested(candidates(), now());
    return step(now -> resumed(pause, rested, now));
  }

  void cancelled(Try attempt) {
    made(
        now -> {
          cancelled(attempt, now);
          return Verdict.Nothing.HERE;
        },
        now());
  }

  void cancelled(Waiting pause) {
    made(
        now -> {
          cancelled(pause, now);
          return Verdict.Nothing.HERE;
        },
        now());
    leave(pause.turn());
  }

  Step abandoned(Try attempt) {
    return step(
        now ->
            abandoned(attempt, now)
                ? new Verdict.Own(
                    new CancellationException("interrupted before a target was asked"))
                : Verdict.Nothing.HERE);
  }

  Duration patienceOf(Try attempt) {
    long now = now();
    synchronized (this) {
      return patience(attempt, now);
    }
  }

  Duration untilSilentOf(Try attempt) {
    long now = now();
    synchronized (this) {
      return untilSilent(attempt, now);
    }
  }

  CallReport report() {
    long now = now();
    synchronized (this) {
      return report(now);
    }
  }

  synchronized List<Throwable> thrown() {
    return errors();
  }

  /**
   * Does what transitions noted, under no lock and each on its own, so that one that throws stops
   * no other.
   *
   * @param works who has shown to work, or null
   * @param leaving who left, the last one first, or null
   * @param over whether the call closes
   */
  private void happen(@Nullable Try works, @Nullable Try leaving, boolean over) {
    if (works != null) {
      works.works();
    }
    for (Try left = leaving; left != null; left = left.leftAfter()) {
      left.leave(route());
      TargetLog.note(left, routeName());
    }
    if (over) {
      settle();
    }
    Listeners listeners = common().listeners();
    if (!listeners.all().isEmpty()) {
      tell(listeners, leaving, over);
    }
  }

  private void tell(Listeners listeners, @Nullable Try leaving, boolean over) {
    for (Try left = leaving; left != null; left = left.leftAfter()) {
      listeners.onAttempt(routeName(), left.report());
    }
    if (over) {
      listeners.onCall(report());
    }
  }

  private void settle() {
    @Nullable Reservation held = reservation();
    if (held != null) {
      common().commits().settle(held, bill(), now());
    }
  }
}
