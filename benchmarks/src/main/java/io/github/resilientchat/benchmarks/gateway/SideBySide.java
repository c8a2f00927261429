package io.github.resilientchat.benchmarks.gateway;

import dev.langchain4j.model.chat.ChatModel;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * Measures a bare model, ours and a gateway in alternating rounds, prints what the latter two add,
 * and judges. Exits with 1 when a promise is missed, and with 0 where there is no Node to run the
 * gateway. {@code -Dgateway.quick=true} is a short look, and judges nothing.
 */
public final class SideBySide {

  private static final boolean QUICK = Boolean.getBoolean("gateway.quick");
  private static final List<Integer> CALLERS = List.of(1, 4, 16, 64);
  private static final int ROUNDS = QUICK ? 1 : 5;
  private static final Duration TURN = Duration.ofMillis(QUICK ? 500 : 2_000);
  private static final Duration WARM_UP = Duration.ofMillis(QUICK ? 1_000 : 5_000);
  private static final int FAILOVERS = QUICK ? 50 : 300;

  private SideBySide() {}

  /** The folder that the gateway is installed in. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    String node = PortkeyGateway.node();
    if (node.isEmpty()) {
      System.out.println("SKIPPED: the gateway needs Node, and 'node --version' does not run here");
      return;
    }
    int status;
    try (BedrockServer bedrock = BedrockServer.start();
        PortkeyGateway gateway = PortkeyGateway.start(Path.of(arguments[0]));
        Models models = new Models(bedrock.endpoint(), gateway.endpoint())) {
      status = compare(bedrock, models, node);
    }
    System.exit(status);
  }

  private static int compare(BedrockServer bedrock, Models models, String node)
      throws IOException, InterruptedException {
    long began = System.nanoTime();
    Contenders contenders = new Contenders(models.bare(), models.ours(), models.gateway());
    for (ChatModel each : List.of(contenders.bare, contenders.ours, contenders.gateway)) {
      Load.on(each, 4, WARM_UP);
    }
    List<Rounds> all = CALLERS.stream().map(Rounds::new).toList();
    for (int round = 0; round < ROUNDS; round++) {
      for (Rounds rounds : all) {
        bedrock.reset();
        rounds.add(contenders.round(rounds.callers(), round % 2 == 0));
      }
      System.out.println("round " + (round + 1) + " of " + ROUNDS);
    }
    bedrock.reset();
    bedrock.throttle(Models.FIRST);
    Failover.measure(models, FAILOVERS / 10);
    Failover failover = Failover.measure(models, FAILOVERS);
    print(all, failover);
    System.out.printf(
        Locale.ROOT,
        "%nmedian of %d rounds, in %.0f s; Java %s, Node %s, gateway %s, %d processors%n%n",
        ROUNDS,
        (System.nanoTime() - began) / 1e9,
        Runtime.version(),
        node,
        PortkeyGateway.VERSION,
        Runtime.getRuntime().availableProcessors());
    Promises.Verdict verdict = Promises.judge(all);
    verdict.lines().forEach(System.out::println);
    return QUICK || verdict.kept() ? 0 : 1;
  }

  private record Contenders(ChatModel bare, ChatModel ours, ChatModel gateway) {

    /** The bare model first and last; who is next to it changes from round to round. */
    Rounds.Round round(int callers, boolean oursFirst) throws InterruptedException {
      Latencies before = Load.on(bare, callers, TURN);
      Latencies first = Load.on(oursFirst ? ours : gateway, callers, TURN);
      Latencies second = Load.on(oursFirst ? gateway : ours, callers, TURN);
      Latencies after = Load.on(bare, callers, TURN);
      return new Rounds.Round(
          before, after, oursFirst ? first : second, oursFirst ? second : first);
    }
  }

  private static void print(List<Rounds> all, Failover failover) {
    System.out.printf(
        Locale.ROOT,
        "%n%-28s %9s %9s %9s %9s%n",
        "callers at a time, us",
        "p50",
        "p90",
        "p99",
        "calls/s");
    for (Rounds rounds : all) {
      line(rounds.callers() + ": bare", rounds::bare);
      line("   bare against bare", rounds::spread);
      line("   ours adds", rounds::addedByOurs, rounds.ours(Latencies::throughput));
      line("   gateway adds", rounds::addedByGateway, rounds.gateway(Latencies::throughput));
    }
    System.out.println();
    failover.lines().forEach(System.out::println);
  }

  private interface Column {
    double of(ToDoubleFunction<Latencies> figure);
  }

  private static void line(String what, Column column) {
    line(what, column, column.of(Latencies::throughput));
  }

  private static void line(String what, Column column, double throughput) {
    System.out.printf(
        Locale.ROOT,
        "  %-26s %9.0f %9.0f %9.0f %9.0f%n",
        what,
        column.of(Latencies::p50),
        column.of(Latencies::p90),
        column.of(Latencies::p99),
        throughput);
  }
}
