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
import io.github.resilientchat.core.quota.Question;
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

  /** Asks the quotas; a call that they refuse is made when somebody asks what became of it. */
  static Step begin(RouteState route, ModelCall call, @Nullable String insteadOf, long now) {
    Admission admission;
    try {
      admission = Objects.requireNonNull(route.quotas().admit(call, now), "no admission");
    } catch (Throwable fault) {
      RoutedCall failed = new RoutedCall(route, call, insteadOf, now);
      return failed.step(later -> failed.notAdmitted(fault, later));
    }
    if (admission instanceof Admission.Full full && !route.common().listeners().any()) {
      return new TurnedAway(route, call, insteadOf, full, now);
    }
    RoutedCall made = new RoutedCall(route, call, insteadOf, now);
    return admission instanceof Admission.Asked asked
        ? made.asked(asked.question(), null)
        : made.decided(admission, true, now);
  }

  /** The end of this call, which nobody has heard of, as a quota's refusal. */
  GivenUp refused(Admission.Full why, long now) {
    return new GivenUp(this, admitted(why, now), now);
  }

  /** Asks the quotas again, in its turn. */
  private Step admit(Admission.Turn turn) {
    Admission admission;
    try {
      admission = Objects.requireNonNull(turn.again(), "no admission");
    } catch (Throwable fault) {
      return faulty(turn, fault);
    }
    if (admission instanceof Admission.Asked asked) {
      return asked(asked.question(), turn);
    }
    return decided(admission, false, now());
  }

  private Step faulty(Admission.@Nullable Turn turn, Throwable fault) {
    leave(turn);
    return step(later -> notAdmitted(fault, later));
  }

  /**
   * @param alone whether nobody else knows of the call yet
   */
  private Step decided(Admission admission, boolean alone, long now) {
    if (admission instanceof Admission.Elsewhere other) {
      return elsewhere(other);
    }
    Step step = alone ? first(admission, now) : step(later -> admitted(admission, later));
    if (admission instanceof Admission.Later later && !(step instanceof Waiting)) {
      leave(later.turn());
    }
    return step;
  }

  /** Somebody elsewhere decides: the call goes on when there is an answer. */
  private Step asked(Question question, Admission.@Nullable Turn turn) {
    Step step = step(now -> asks(question, turn, now));
    if (!(step instanceof Awaiting)) {
      drop(question, turn);
    }
    return step;
  }

  private static void drop(Question question, Admission.@Nullable Turn turn) {
    Foreign.run(question.getClass().getName(), question::leave);
    leave(turn);
  }

  /** Under no lock: nobody else knows of the call yet. */
  private Step first(Admission admission, long now) {
    Verdict verdict = admitted(admission, now);
    happen(null, null, takeCloses(), now);
    return follow(verdict, true, now);
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
    return begin(other.state(), call(), routeName(), now());
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
    happen(works, leaving, over, now);
    return verdict;
  }

  /**
   * @param alone whether nobody else knows of the call yet
   */
  private Step follow(Verdict verdict, boolean alone, long now) {
    while (verdict instanceof Verdict.Choose choose) {
      verdict = chosen(choose.search(), alone, now);
    }
    if (verdict instanceof Step step) {
      return step;
    }
    return verdict == Verdict.Nothing.HERE
        ? AlreadyEnded.INSTANCE
        : new GivenUp(this, verdict, now);
  }

  private Verdict chosen(Search search, boolean alone, long now) {
    Try next = new Try(this);
    Chosen chosen = choice(search, next, now);
    boolean nobody = chosen.target() == null;
    double chance = nobody ? chance() : 0;
    Verdict verdict =
        alone
            ? chosen(search, next, chosen, chance, now)
            : chosenTogether(search, next, chosen, chance, now);
    if (verdict == next) {
      return verdict;
    }
    happen(null, null, closes(), now);
    if (!nobody && !(verdict instanceof Try)) {
      TargetGates.leave(next, Ending.NOT_USED, false, null, false, 0, now);
    }
    return verdict;
  }

  private synchronized Verdict chosenTogether(
      Search search, Try next, Chosen chosen, double chance, long now) {
    return chosen(search, next, chosen, chance, now);
  }

  private synchronized boolean closes() {
    return takeCloses();
  }

  private Chosen choice(Search search, Try next, long now) {
    Candidates left = candidates();
    @Nullable Try attempt = search.failed();
    Choice choice = route().choice();
    if (search.kind() == Search.Kind.ANY || attempt == null) {
      return choice.any(call(), left, remaining(now), search.wellOnly(), next, now);
    }
    return search.isForTheSame()
        ? choice.only(attempt.bound(), call(), next, now)
        : choice.beside(attempt.bound(), call(), left, remaining(now), next, now);
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
    happen(works, leaving, false, now);
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
    happen(null, leaving, over, now);
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
      return isItsTurn(pause) ? admit(pause.turn()) : AlreadyEnded.INSTANCE;
    }
    Set<Target> rested = route().choice().rested(candidates(), now());
    return step(now -> resumed(pause, rested, now));
  }

  /** There is an answer, or no more time for one. */
  Step resumed(Awaiting question) {
    if (!isItsTurn(question)) {
      return AlreadyEnded.INSTANCE;
    }
    @Nullable Admission admission;
    try {
      admission = question.question().answer();
    } catch (Throwable fault) {
      return faulty(question.turn(), fault);
    }
    if (admission == null) {
      drop(question.question(), question.turn());
      return step(this::unanswered);
    }
    if (admission instanceof Admission.Asked more) {
      return asked(more.question(), question.turn());
    }
    return decided(admission, false, now());
  }

  void cancelled(Awaiting question) {
    if (isItsTurn(question)) {
      made(
          now -> {
            left(now);
            return Verdict.Nothing.HERE;
          },
          now());
      drop(question.question(), question.turn());
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
  private void happen(@Nullable Try works, @Nullable Try leaving, boolean over, long now) {
    if (works != null) {
      works.works();
    }
    for (Try left = leaving; left != null; left = left.leftAfter()) {
      left.leave(route());
      TargetLog.note(left, routeName());
    }
    if (over) {
      settle(now);
    }
    Listeners listeners = common().listeners();
    if (listeners.any()) {
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

  private void settle(long now) {
    @Nullable Reservation held = reservation();
    if (held != null) {
      common().commits().settle(held, bill(), now);
    }
  }
}
