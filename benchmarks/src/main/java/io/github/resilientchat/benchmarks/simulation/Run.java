package io.github.resilientchat.benchmarks.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** One simulation: everything in it follows from the scenario, the contender and the seed. */
final class Run {

  private final World world;
  private final Traffic traffic;
  private final List<Node> nodes = new ArrayList<>();

  private Run(Scenario scenario, Contender contender, long seed, Rigour rigour) {
    world = new World(scenario, rigour);
    traffic = new Traffic(scenario, rigour, seed);
    SplittableRandom random = new SplittableRandom(seed * 1_000_003 + 1);
    for (int node = 0; node < scenario.nodes(); node++) {
      nodes.add(contender.nodes().open(world, random.split()));
    }
    if (scenario.nodes() == 1 && contender.spreads()) {
      // One of many routers may have no call for a long while.
      world.onRecovery(nodes.get(0)::recovered);
    }
  }

  /** What came out of a run, and over how many calls. */
  record Result(Figure figure, long calls) {}

  static Result of(Scenario scenario, Contender contender, long seed, Rigour rigour) {
    Run run = new Run(scenario, contender, seed, rigour);
    run.planNext();
    run.world.time().run();
    run.audit();
    Tally tally = run.world.tally();
    return new Result(tally.figure(scenario), tally.allCalls());
  }

  private void audit() {
    world.time().skip(Duration.ofMinutes(10));
    nodes.forEach(Node::audit);
    world.time().skip(Duration.ofDays(3));
    nodes.forEach(Node::auditSlots);
  }

  private void planNext() {
    double wait = traffic.secondsToNext();
    VirtualTime time = world.time();
    if (time.seconds() + wait < world.rigour().seconds()) {
      time.after(
          VirtualTime.nanosOf(wait),
          () -> {
            Request request = traffic.next();
            nodes.get(request.node()).take(request);
            planNext();
          });
    }
  }
}
