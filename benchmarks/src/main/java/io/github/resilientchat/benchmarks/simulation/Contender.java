package io.github.resilientchat.benchmarks.simulation;

import io.github.resilientchat.core.route.RoutingStrategy;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/**
 * A row of the table: a way to route.
 *
 * @param name in the table
 * @param spreads whether every target that can serve gets calls, even at low load
 * @param nodes makes one router
 */
record Contender(String name, boolean spreads, NodeFactory nodes) {

  static final String ADAPTIVE_NAME = "adaptive";
  static final String PEAK_EWMA_NAME = "(peak-EWMA + P2C)";

  /** Makes a router with chance of its own. */
  @FunctionalInterface
  interface NodeFactory {
    Node open(World world, RandomGenerator random);
  }

  /** The engine with each of its strategies. */
  static final List<Contender> OURS =
      List.of(
          ours(ADAPTIVE_NAME, RoutingStrategy.adaptive()),
          preferring("ordered", RoutingStrategy.ordered()),
          ours("round-robin", RoutingStrategy.roundRobin()),
          ours("weighted", RoutingStrategy.weighted()),
          ours("least-busy", RoutingStrategy.leastBusy()),
          preferring("latency", RoutingStrategy.latency()),
          ours("usage", RoutingStrategy.usage()),
          preferring("cost", RoutingStrategy.cost()),
          ours("sticky", RoutingStrategy.sticky(2)));

  /** What others do, in parentheses in the table. */
  static final List<Contender> PEERS =
      List.of(
          peer("(random)", (world, random) -> Peers.random(random)),
          peer("(least outstanding)", (world, random) -> Peers.leastOutstanding(random)),
          peer(PEAK_EWMA_NAME, (world, random) -> new PeakEwma(random, world.time().nanos())),
          peer("(LiteLLM shuffle)", (world, random) -> new LiteLlm(random)));

  static final List<Contender> ALL = Stream.concat(OURS.stream(), PEERS.stream()).toList();

  static Contender named(String name) {
    return ALL.stream()
        .filter(contender -> contender.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private interface PeerFactory {
    Peer make(World world, RandomGenerator random);
  }

  private static Contender ours(String name, RoutingStrategy strategy) {
    return new Contender(name, true, (world, random) -> new EngineNode(world, strategy, random));
  }

  /** A strategy that leaves targets alone as long as those it prefers have room. */
  private static Contender preferring(String name, RoutingStrategy strategy) {
    return new Contender(name, false, (world, random) -> new EngineNode(world, strategy, random));
  }

  private static Contender peer(String name, PeerFactory peers) {
    return new Contender(
        name, false, (world, random) -> new PeerNode(world, peers.make(world, random)));
  }
}
