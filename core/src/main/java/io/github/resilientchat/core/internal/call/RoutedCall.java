package io.github.resilientchat.core.internal.call;

import io.github.resilientchat.core.ModelCall;
import io.github.resilientchat.core.Usage;
import io.github.resilientchat.core.adapter.AlreadyEnded;
import io.github.resilientchat.core.adapter.Step;
import io.github.resilientchat.core.failure.Evidence;
import io.github.resilientchat.core.failure.Failure;
import io.github.resilientchat.core.internal.choice.Chosen;
import io.github.resilientchat.core.internal.foreign.Foreign;
import io.github.resilientchat.core.quota.Admission;
import io.github.resilientchat.core.report.CallReport;
import io.github.resilientchat.core.route.Target;
import java.time.Duration;
import java.util.List;
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

  Common common() {
    return route().common();
  }

  long now() {
    return common().ticker().nanos();
  }

  boolean isStreaming() {
    return call().streaming();
  }

  double chance() {
    return common().random().nextDouble();
  }

  /** The end of this call, which nobody has heard of, as a quota's refusal. */
  GivenUp refused(Admission.Full why, long now) {
    return new GivenUp(this, admitted(why, now), now);
  }

  /** Under no lock: nobody else knows of the call yet. */
  Step first(Admission admission, long now) {
    Verdict verdict = admitted(admission, now);
    Effects.happen(this, null, null, takeCloses(), now);
    return follow(verdict, true, now);
  }

  /** What a signal does to the call. */
  interface Transition {
    Verdict make(long now);
  }

  Step step(Transition transition) {
    long now = now();
    return follow(made(transition, now), false, now);
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
    Effects.happen(this, works, leaving, over, now);
    return verdict;
  }

  /**
   * @param alone whether nobody else knows of the call yet
   */
  private Step follow(Verdict verdict, boolean alone, long now) {
    while (verdict instanceof Verdict.Choose choose) {
      verdict = Choices.make(this, choose.search(), alone, now);
    }
    if (verdict instanceof Step step) {
      return step;
    }
    return verdict == Verdict.Nothing.HERE
        ? AlreadyEnded.INSTANCE
        : new GivenUp(this, verdict, now);
  }

  synchronized Verdict chosenTogether(
      Search search, Try next, Chosen chosen, double chance, long now) {
    return chosen(search, next, chosen, chance, now);
  }

  synchronized boolean closes() {
    return takeCloses();
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
    Effects.happen(this, works, leaving, false, now);
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
    Effects.happen(this, null, leaving, over, now);
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

  private synchronized boolean isItsTurn(Verdict pause) {
    return endsPause(pause);
  }

  Step resumed(Waiting pause) {
    if (pause.turn() != null) {
      return isItsTurn(pause) ? Admittance.again(this, pause.turn()) : AlreadyEnded.INSTANCE;
    }
    Set<Target> rested = route().choice().rested(candidates(), now());
    return step(now -> resumed(pause, rested, now));
  }

  /** There is an answer, or no more time for one. */
  Step resumed(Awaiting question) {
    return isItsTurn(question) ? Admittance.answered(this, question) : AlreadyEnded.INSTANCE;
  }

  void cancelled(Awaiting question) {
    if (isItsTurn(question)) {
      made(
          now -> {
            left(now);
            return Verdict.Nothing.HERE;
          },
          now());
      Admittance.drop(question.question(), question.turn());
    }
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
    Admittance.leave(pause.turn());
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
}
