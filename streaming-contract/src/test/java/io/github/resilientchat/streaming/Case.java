package io.github.resilientchat.streaming;

import io.github.resilientchat.core.RoutePolicy;
import io.github.resilientchat.simulator.Answer;
import io.github.resilientchat.simulator.Fault;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;

/**
 * A row of the contract: what goes wrong, what the caller does, and how that must end.
 *
 * @param faults of one run; a row about frame boundaries has a run for each
 * @param notApplicable why a shape has no such case
 * @param knownToFail why a shape does not keep this yet
 */
record Case(
    String name,
    IntFunction<List<Fault>> faults,
    int runs,
    Answer blue,
    Conduct conduct,
    RoutePolicy policy,
    Map<Shape, Expected> expected,
    Map<Shape, String> notApplicable,
    Map<Shape, String> knownToFail) {

  static Case of(String name, Fault... faults) {
    return new Case(
        name,
        run -> List.of(faults),
        1,
        Words.of(Words.BLUE),
        Conduct.LISTENS,
        RoutePolicy.DEFAULTS,
        Map.of(),
        Map.of(),
        Map.of());
  }

  /** Once for each number of frames that an answer may have come to. */
  static Case atEveryFrame(String name, IntFunction<Fault> fault) {
    return new Case(
        name,
        run -> List.of(fault.apply(run).account(Words.BLUE)),
        Words.FRAMES,
        Words.of(Words.BLUE),
        Conduct.LISTENS,
        RoutePolicy.DEFAULTS,
        Map.of(),
        Map.of(),
        Map.of());
  }

  Case blueSays(Answer value) {
    return new Case(
        name, faults, runs, value, conduct, policy, expected, notApplicable, knownToFail);
  }

  Case callerWho(Conduct value) {
    return new Case(name, faults, runs, blue, value, policy, expected, notApplicable, knownToFail);
  }

  Case policy(RoutePolicy value) {
    return new Case(name, faults, runs, blue, conduct, value, expected, notApplicable, knownToFail);
  }

  Case all(Expected value) {
    return streams(value).blocking(value);
  }

  Case streams(Expected value) {
    return handler(value).flux(value);
  }

  Case blocking(Expected value) {
    return with(Shape.CHAT, value).with(Shape.CALL, value);
  }

  Case handler(Expected value) {
    return with(Shape.HANDLER, value);
  }

  Case flux(Expected value) {
    return with(Shape.FLUX, value);
  }

  /** A case about streams only. */
  Case noStream(String why) {
    return without(Shape.CHAT, why).without(Shape.CALL, why);
  }

  Case without(Shape shape, String why) {
    return new Case(
        name,
        faults,
        runs,
        blue,
        conduct,
        policy,
        expected,
        and(notApplicable, shape, why),
        knownToFail);
  }

  /** Not asserted yet for this shape. */
  Case knownToFail(Shape shape, String why) {
    return new Case(
        name,
        faults,
        runs,
        blue,
        conduct,
        policy,
        expected,
        notApplicable,
        and(knownToFail, shape, why));
  }

  private Case with(Shape shape, Expected value) {
    return new Case(
        name,
        faults,
        runs,
        blue,
        conduct,
        policy,
        and(expected, shape, value),
        notApplicable,
        knownToFail);
  }

  private static <V> Map<Shape, V> and(Map<Shape, V> map, Shape shape, V value) {
    Map<Shape, V> more = new EnumMap<>(Shape.class);
    more.putAll(map);
    more.put(shape, value);
    return more;
  }
}
