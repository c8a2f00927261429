package io.github.resilientchat.benchmarks.soak;

import io.github.resilientchat.benchmarks.rig.Noise;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/**
 * Whether callers wait for other callers' tools: many streams at once, a quarter of which run tools
 * that hold their threads for seconds, in every other round. The rounds of either kind surround
 * each other, so that what the machine does meanwhile counts for both. Exits with 1 when the others
 * wait longer for their first token.
 */
public final class ToolSoak {

  private static final double MOST = 1.5;
  private static final int PERCENT = 95;
  private static final Duration ROUND = Duration.ofMillis(7_500);

  /** The compiler takes long where other work is done; it would favour the later rounds. */
  private static final Duration WARM_UP = Duration.ofSeconds(20);

  private static final String ROW = "%-12s | %6s | %9s | %7s | %12s | %12s | %5s%n";

  private ToolSoak() {}

  /** Minutes for both frameworks together, and streams at a time. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    Noise.off();
    Duration half = Duration.ofMillis((long) (Double.parseDouble(arguments[0]) * 30_000));
    int streams = Integer.parseInt(arguments[1]);
    Process server = Soak.java(ToolServer.class, "256m");
    try {
      Decorated models = new Decorated(URI.create(server.inputReader().readLine()));
      System.out.printf(
          ROW, "tools", "timed", "tool runs", "failed", "p95 without", "p95 with", "ratio");
      boolean kept =
          isKept("LangChain4j", new LangChain4jTalk(models.langChain4j()), half, streams)
              & isKept("Spring AI", new SpringAiTalk(models.springAi()), half, streams);
      System.out.println(kept ? "kept" : "BROKEN: callers wait for the tools of others");
      System.exit(kept ? 0 : 1);
    } finally {
      server.destroy();
    }
  }

  private static boolean isKept(String name, Talk talk, Duration length, int streams)
      throws InterruptedException {
    ScheduledExecutorService threads = Executors.newScheduledThreadPool(8);
    Tally tally = new Tally(name);
    Crowd crowd = new Crowd(tally, talk, threads);
    crowd.enter(streams);
    crowd.settle(true, WARM_UP);
    long rounds = Math.max(4, length.dividedBy(ROUND) / 4 * 4);
    for (long round = 0; round < rounds; round++) {
      // Without, with, with, without.
      crowd.round(round % 4 == 1 || round % 4 == 2, ROUND);
    }
    crowd.leave();
    threads.shutdown();
    long failed = tally.get(Tally.Count.FAILED);
    if (failed > 0) {
      System.out.println(tally.failures());
    }
    double without = crowd.without().percentile(PERCENT);
    double with = crowd.with().percentile(PERCENT);
    System.out.printf(
        ROW,
        name,
        crowd.without().count() + crowd.with().count(),
        crowd.toolRuns(),
        failed,
        "%.0f ms".formatted(without),
        "%.0f ms".formatted(with),
        "%.2f".formatted(with / without));
    return with <= without * MOST && failed == 0;
  }
}
