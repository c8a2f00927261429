package io.github.resilientchat.benchmarks.simulation;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What happens in a run. Times are shares of the run's length.
 *
 * @param name in tables and for replaying
 * @param load arrivals as a share of the whole fleet's nominal quota
 * @param nodes routers that do not know each other
 * @param sizes of requests
 * @param faults what breaks
 * @param from start of the part of which figures are taken
 * @param until its end
 */
record Scenario(
    String name,
    double load,
    int nodes,
    Sizes sizes,
    List<Fault> faults,
    double from,
    double until) {

  private static final double THIRD = 1 / 3.0;

  static final Scenario STEADY = of("steady 84 %", 0.84).measured(THIRD, 1);

  /** The quota of the first minute is a store that lasts for five at this load. */
  static final Scenario OVERLOAD = of("overload 120 %", 1.2).measured(0.5, 1);

  static final Scenario DEAD = of("one dead", 0.84).with(Condition.FAILS_FAST, Fault.FIRST);
  static final Scenario SLOW = of("one slow", 0.84).with(Condition.SLOW, Fault.FIRST);
  static final Scenario REGION =
      of("Region out", 0.42).with(Condition.OUT_OF_CAPACITY, Fault.region("us-east-1"));
  static final Scenario REVOKED =
      of("account revoked", 0.42).with(Condition.REVOKED, Fault.account("main"));
  static final Scenario DAILY =
      of("daily quota hit", 0.6)
          .with(Condition.OVER_DAILY_QUOTA, Fault.account("main").and(Fault.region("us-east-1")));
  static final Scenario HALVED = of("quotas halved", 0.42).with(Condition.HALVED, all -> true);

  /** After the fault the servers start cold, with half of their quota, and ten routers wait. */
  static final Scenario RECOVERY =
      new Scenario(
          "recovery of one, 10 nodes",
          0.7,
          10,
          Sizes.EQUAL,
          List.of(
              new Fault(Condition.OUT_OF_CAPACITY, Fault.FIRST, THIRD, 0.5),
              new Fault(Condition.HALVED, Fault.FIRST, 0.5, 0.55)),
          0.5,
          0.7);

  static final Scenario FLEET =
      new Scenario("20 nodes, 120 %", 1.2, 20, Sizes.EQUAL, List.of(), 0.5, 1);
  static final Scenario UNEQUAL =
      new Scenario("unequal sizes, 84 %", 0.84, 1, Sizes.UNEQUAL, List.of(), THIRD, 1);

  /** Servers that keep calls waiting when they come close together. */
  static final Scenario CROWDED =
      of("crowded 84 %", 0.84)
          .with(new Fault(Condition.CROWDED, all -> true, 0, 1))
          .measured(THIRD, 1);

  static final Scenario LOST =
      of("connections lost", 0.84).with(Condition.LOSES_CONNECTIONS, all -> true);
  static final Scenario HUNG = of("one hangs", 0.6).with(Condition.HANGS, Fault.FIRST);
  static final Scenario HICCUPS =
      of("credential hiccups", 0.84).with(Condition.CREDENTIAL_HICCUPS, Fault.account("main"));

  /** Of the two fastest, one by its breaker and one by a rest; a probe lasts as long as a call. */
  static final Scenario LONG =
      new Scenario(
          "two back, long answers",
          0.7,
          1,
          Sizes.LONG,
          List.of(
              new Fault(Condition.FAILS_FAST, Fault.FIRST, THIRD, 0.5),
              new Fault(Condition.OUT_OF_CAPACITY, Fault.SECOND, THIRD, 0.5)),
          0.5,
          0.7);

  /** Both Regions are broken, each in its way; then they are back. */
  static final Scenario ALL_OUT =
      of("after all were out", 0.42)
          .with(
              new Fault(Condition.OUT_OF_CAPACITY, Fault.region("us-east-1"), THIRD, 0.5),
              new Fault(Condition.FAILS_FAST, Fault.region("us-west-2"), THIRD, 0.5))
          .measured(0.5, 0.7);

  /** The same, and for one account a quota is used up until then, which rests for longer. */
  static final Scenario ALL_OUT_AND_OVER_QUOTA =
      of("the same, half over quota", 0.42)
          .with(
              new Fault(Condition.OVER_DAILY_QUOTA, Fault.account("main"), THIRD, 0.5),
              new Fault(
                  Condition.OUT_OF_CAPACITY,
                  Fault.account("second").and(Fault.region("us-east-1")),
                  THIRD,
                  0.5),
              new Fault(
                  Condition.FAILS_FAST,
                  Fault.account("second").and(Fault.region("us-west-2")),
                  THIRD,
                  0.5))
          .measured(0.5, 0.7);

  static final List<Scenario> ALL =
      List.of(
          STEADY,
          OVERLOAD,
          DEAD,
          SLOW,
          REGION,
          REVOKED,
          DAILY,
          HALVED,
          RECOVERY,
          FLEET,
          UNEQUAL,
          CROWDED,
          LOST,
          HUNG,
          HICCUPS,
          LONG,
          ALL_OUT,
          ALL_OUT_AND_OVER_QUOTA);

  private static Scenario of(String name, double load) {
    return new Scenario(name, load, 1, Sizes.EQUAL, List.of(), 0, 1);
  }

  private Scenario measured(double start, double end) {
    return new Scenario(name, load, nodes, sizes, faults, start, end);
  }

  /** With a fault over the middle third, of which figures are taken. */
  private Scenario with(Condition condition, Predicate<Deployment> where) {
    return with(new Fault(condition, where, THIRD, 2 * THIRD)).measured(THIRD, 2 * THIRD);
  }

  private Scenario with(Fault... some) {
    return new Scenario(name, load, nodes, sizes, List.of(some), from, until);
  }

  static Optional<Scenario> named(String name) {
    return ALL.stream().filter(scenario -> scenario.name().equals(name)).findFirst();
  }

  /** Load counts whatever runs out first, requests or tokens. */
  double callsPerSecond() {
    double requests = 0;
    double tokens = 0;
    for (Deployment deployment : Deployment.FLEET) {
      requests += deployment.requestsPerMinute();
      tokens += deployment.tokensPerMinute();
    }
    return load * Math.min(requests, tokens / sizes.meanTokens()) / 60;
  }

  /** Share of the deployment's quota that it serves while figures are taken. */
  double quotaShare(Deployment deployment) {
    double share = 1;
    for (Fault fault : faults) {
      if (fault.where().test(deployment) && fault.covers(from, until)) {
        share *= fault.condition().error() == null ? fault.condition().quotaShare() : 0;
      }
    }
    return share;
  }

  /** Whether something is wrong with the deployment while figures are taken. */
  boolean isBad(Deployment deployment) {
    return faults.stream().anyMatch(fault -> fault.where().test(deployment));
  }
}
