package io.github.resilientchat.redis;

import io.github.resilientchat.core.Caller;
import io.github.resilientchat.core.ModelCall;
import io.github.resilientchat.core.Prices;
import io.github.resilientchat.core.TokenEstimate;
import io.github.resilientchat.core.Usage;
import io.github.resilientchat.core.quota.Admission;
import io.github.resilientchat.core.quota.Bill;
import io.github.resilientchat.core.quota.CallerQuotas;
import io.github.resilientchat.core.quota.Charge;
import io.github.resilientchat.core.quota.Limit;
import io.github.resilientchat.core.quota.Limits;
import io.github.resilientchat.core.quota.OnStoreFailure;
import io.github.resilientchat.core.quota.PlanQuotas;
import io.github.resilientchat.core.quota.SharedStore;
import io.github.resilientchat.core.quota.Tariff;
import io.lettuce.core.RedisClient;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;

/**
 * One instance of a fleet, in a process of its own. Reads what to do from its input, line by line,
 * and answers each line with one.
 */
public final class FleetNode {

  private static final Prices PRICES = new Prices(1_000, 1_000, 1_000, 1_000);
  private static final int THREADS = 3;

  private final RedisClient client;
  private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);

  private final TargetCalls targets;

  private FleetNode(int port) {
    client = RedisClient.create("redis://127.0.0.1:" + port);
    targets = new TargetCalls(client);
  }

  /** What a run came to. */
  record Outcome(long granted, long refused, long tokens, long smallestRefused) {

    Outcome and(Outcome other) {
      return new Outcome(
          granted + other.granted,
          refused + other.refused,
          tokens + other.tokens,
          Math.min(smallestRefused, other.smallestRefused));
    }

    static Outcome parse(String line) {
      String[] words = line.split(" ");
      return new Outcome(
          Long.parseLong(words[0]),
          Long.parseLong(words[1]),
          Long.parseLong(words[2]),
          Long.parseLong(words[3]));
    }

    @Override
    public String toString() {
      return granted + " " + refused + " " + tokens + " " + smallestRefused;
    }
  }

  public static void main(String[] args) throws Exception {
    FleetNode node = new FleetNode(Integer.parseInt(args[0]));
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    System.out.println("ready");
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      String[] words = line.split(" ");
      System.out.println(
          switch (words[0]) {
            case "hold" -> node.hold(words[1], words[2], Integer.parseInt(words[3]));
            case "target" ->
                node.targets.run(
                    words[1], words[2], Long.parseLong(words[3]), Long.parseLong(words[4]));
            default ->
                node.run(words[1], words[2], Long.parseLong(words[3]), Integer.parseInt(words[4]));
          });
    }
    System.exit(0);
  }

  private PlanQuotas quotas(String prefix, String limits) {
    Map<Limit.Measure, OnStoreFailure> closed =
        Map.of(
            Limit.Measure.REQUESTS, OnStoreFailure.CLOSED,
            Limit.Measure.TOKENS, OnStoreFailure.CLOSED,
            Limit.Measure.CONCURRENCY, OnStoreFailure.CLOSED,
            Limit.Measure.MONEY, OnStoreFailure.CLOSED);
    RedisQuotaStore store =
        RedisQuotaStore.over(client)
            .prefix(prefix)
            .lease(Duration.ofSeconds(4))
            .patience(Duration.ofMinutes(1))
            .build();
    return PlanQuotas.builder()
        .applicationLimits(Limits.parse(limits.replace(',', ' ')))
        .store(new SharedStore(store, closed, 4, Duration.ofSeconds(20)))
        .fairShares(false)
        .build();
  }

  private static CallerQuotas chat(PlanQuotas quotas) {
    return quotas.over(new Tariff("chat", PRICES, List.of()));
  }

  private static ModelCall call(long tokens) {
    return ModelCall.blocking(Caller.user("ann"), new TokenEstimate(tokens, 0));
  }

  private String hold(String prefix, String limits, int calls) {
    PlanQuotas quotas = quotas(prefix, limits);
    CallerQuotas chat = chat(quotas);
    int granted = 0;
    for (int i = 0; i < calls; i++) {
      granted += Asked.admit(chat, call(1)) instanceof Admission.Granted ? 1 : 0;
    }
    if (granted == 0) {
      quotas.close();
    }
    return granted + " 0 0 0";
  }

  /** Each call takes a random number of tokens, and uses them. */
  private String run(String prefix, String limits, long seed, int calls) throws Exception {
    try (PlanQuotas quotas = quotas(prefix, limits)) {
      CallerQuotas chat = chat(quotas);
      List<Future<Outcome>> parts = new ArrayList<>();
      for (int thread = 0; thread < THREADS; thread++) {
        Random random = new Random(seed * 31 + thread);
        parts.add(threads.submit(() -> run(chat, random, calls / THREADS)));
      }
      Outcome all = new Outcome(0, 0, 0, Long.MAX_VALUE);
      for (Future<Outcome> part : parts) {
        all = all.and(part.get());
      }
      while (quotas.store().orElseThrow().untold() > 0) {
        LockSupport.parkNanos(1_000_000);
      }
      return all.toString();
    }
  }

  private static Outcome run(CallerQuotas chat, Random random, int calls) {
    Outcome all = new Outcome(0, 0, 0, Long.MAX_VALUE);
    for (int i = 0; i < calls; i++) {
      long tokens = 1 + random.nextInt(20);
      if (Asked.admit(chat, call(tokens)) instanceof Admission.Granted one) {
        Usage usage = Usage.of(tokens, 0);
        one.reservation()
            .settle(Bill.of(List.of(new Charge("t", "m", PRICES, usage, true)), false));
        all = all.and(new Outcome(1, 0, tokens, Long.MAX_VALUE));
      } else {
        all = all.and(new Outcome(0, 1, 0, tokens));
      }
    }
    return all;
  }

  /** A node in a process of its own, as a test sees it. */
  static final class Process implements AutoCloseable {

    private final java.lang.Process process;
    private final BufferedReader out;

    Process(int port) {
      try {
        process =
            new ProcessBuilder(
                    ProcessHandle.current().info().command().orElse("java"),
                    "-XX:TieredStopAtLevel=1",
                    "-XX:+UseSerialGC",
                    "-Xmx96m",
                    "-cp",
                    System.getProperty("java.class.path"),
                    FleetNode.class.getName(),
                    Integer.toString(port))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
      } catch (IOException e) {
        throw new java.io.UncheckedIOException(e);
      }
      out =
          new BufferedReader(
              new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    void awaitReady() {
      if (!"ready".equals(answer())) {
        throw new IllegalStateException("a node did not start");
      }
    }

    void say(String line) {
      try {
        process.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().flush();
      } catch (IOException e) {
        throw new java.io.UncheckedIOException(e);
      }
    }

    String answer() {
      try {
        return String.valueOf(out.readLine());
      } catch (IOException e) {
        throw new java.io.UncheckedIOException(e);
      }
    }

    /** As {@code kill -9} does. */
    @Override
    public void close() {
      process.destroyForcibly().onExit().join();
    }
  }
}
