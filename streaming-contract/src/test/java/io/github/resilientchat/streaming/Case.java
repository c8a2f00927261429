package io.github.resilientchat.streaming;

import io.github.resilientchat.core.route.RoutePolicy;
import io.github.resilientchat.simulator.Answer;
import io.github.resilientchat.simulator.Fault;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * A row of the contract: what goes wrong, what the caller does, and how that must end in each
 * shape. Written down once, then only read. Unless it says otherwise nothing has happened before,
 * the route has its defaults, and the caller listens to the end.
 */
final class Case {

  final String name;
  private final int runs;
  private final IntFunction<List<Fault>> faults;
  private final Map<Shape, IntFunction<Expected>> expected = new EnumMap<>(Shape.class);
  private final Map<Shape, String> notApplicable = new EnumMap<>(Shape.class);
  private Function<String, Answer> answers = Words::of;
  private Before before = Before.NOTHING;
  private RoutePolicy policy = RoutePolicy.DEFAULTS;
  private Deed deed = Deed.NOTHING;
  private Moment moment = Moment.BEFORE_THE_CALL;
  private boolean throwing;
  private boolean discarding;

  private Case(String name, int runs, IntFunction<List<Fault>> faults) {
    this.name = name;
    this.runs = runs;
    this.faults = faults;
  }

  /** With these faults in force, the first that matches a call first. */
  static Case of(String name, Fault... faults) {
    return new Case(name, 1, run -> List.of(faults));
  }

  /** Once for each number of frames that a text may have come to, none and all included. */
  static Case atEveryFrame(String name, IntFunction<Fault> fault) {
    return new Case(
        name, Words.FRAMES + 1, frames -> List.of(fault.apply(frames).account(Words.BLUE)));
  }

  Case blueSays(Answer value) {
    return eachSays(account -> account.equals(Words.BLUE) ? value : Words.of(account));
  }

  /** What each account answers. */
  Case eachSays(Function<String, Answer> value) {
    answers = value;
    return this;
  }

  Case after(Before value) {
    before = value;
    return this;
  }

  Case policy(RoutePolicy value) {
    policy = value;
    return this;
  }

  Case caller(Deed does, Moment when) {
    deed = does;
    moment = when;
    return this;
  }

  /** The caller's callback throws at the first token. */
  Case callerThrows() {
    throwing = true;
    return this;
  }

  /** The caller asks for a restart when its stream breaks. */
  Case callerDiscards() {
    discarding = true;
    return this;
  }

  Case all(Expected value) {
    return streams(value).blocking(value);
  }

  Case streams(Expected value) {
    return handler(value).flux(value);
  }

  Case blocking(Expected value) {
    expected.put(Shape.CHAT, run -> value);
    expected.put(Shape.CALL, run -> value);
    return this;
  }

  Case handler(Expected value) {
    return handler(run -> value);
  }

  Case flux(Expected value) {
    return flux(run -> value);
  }

  Case handler(IntFunction<Expected> byRun) {
    expected.put(Shape.HANDLER, byRun);
    return this;
  }

  Case flux(IntFunction<Expected> byRun) {
    expected.put(Shape.FLUX, byRun);
    return this;
  }

  /** A case about streams only. */
  Case notBlocking(String why) {
    return without(Shape.CHAT, why).without(Shape.CALL, why);
  }

  Case without(Shape shape, String why) {
    notApplicable.put(shape, why);
    return this;
  }

  int runs() {
    return runs;
  }

  List<Fault> faults(int run) {
    return faults.apply(run);
  }

  Function<String, Answer> answers() {
    return answers;
  }

  Before before() {
    return before;
  }

  RoutePolicy policy() {
    return policy;
  }

  Deed deed() {
    return deed;
  }

  Moment moment() {
    return moment;
  }

  boolean throwing() {
    return throwing;
  }

  boolean discarding() {
    return discarding;
  }

  Expected expected(Shape shape, int run) {
    return expected.get(shape).apply(run);
  }

  /** Why this shape has no such case; null when it has. */
  @Nullable String notApplicable(Shape shape) {
    return notApplicable.get(shape);
  }
}
