package io.github.resilientchat.benchmarks.redis;

import io.github.resilientchat.core.Caller;
import io.github.resilientchat.core.ModelCall;
import io.github.resilientchat.core.TokenEstimate;
import io.github.resilientchat.core.quota.Admission;
import io.github.resilientchat.core.quota.CallerQuotas;
import io.github.resilientchat.core.quota.Limits;
import io.github.resilientchat.core.quota.PlanQuotas;
import io.github.resilientchat.core.quota.QuotaStore;
import io.github.resilientchat.core.quota.SharedStore;
import io.github.resilientchat.core.quota.Tariff;
import io.github.resilientchat.redis.RedisQuotaStore;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.ScanArgs;
import io.lettuce.core.ScanCursor;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.async.RedisAsyncCommands;
import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;
import redis.embedded.RedisServer;

/** Prints the figures of shared quotas, and fails where one misses its promise. */
public final class RedisFigures {

  private static final double MOST_OF_P50 = 3.5;
  private static final double MOST_OF_P99 = 6;
  private static final double LEAST_OF_THROUGHPUT = 0.4;
  static final int BLOCKS = 40;
  static final int IN_A_BLOCK = 500;
  private static final int CONNECTIONS = 8;
  private static final long THROUGHPUT_NANOS = Duration.ofSeconds(4).toNanos();
  private static final int AT_A_TIME = 2_000;

  private final RedisClient client;
  private boolean kept = true;

  private RedisFigures(RedisClient client) {
    this.client = client;
  }

  public static void main(String[] args) throws Exception {
    int callers = Integer.parseInt(args[0]);
    int port = freePort();
    RedisServer server =
        RedisServer.newRedisServer().port(port).bind("127.0.0.1").setting("save \"\"").build();
    server.start();
    RedisClient client = RedisClient.create(RedisURI.create("127.0.0.1", port));
    RedisFigures figures = new RedisFigures(client);
    try {
      figures.latency();
      Floor.print(client);
      figures.throughput();
      figures.memory(callers);
    } finally {
      client.shutdown(Duration.ZERO, Duration.ofSeconds(2));
      server.stop();
    }
    System.exit(figures.kept ? 0 : 1);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private void promise(String what, double figure, String sign, double bound) {
    boolean holds = sign.equals("<=") ? figure <= bound : figure >= bound;
    kept &= holds;
    System.out.printf(
        Locale.ROOT, "%s  %s: %.2f %s %.2f%n", holds ? "ok  " : "MISS", what, figure, sign, bound);
  }

  /** In turn, block by block, so that whatever else the machine does is done to both. */
  private void latency() throws Exception {
    Limits limits = Limits.parse("1mrpm 1000mtpm");
    PlanQuotas quotas =
        PlanQuotas.builder()
            .limits(limits)
            .tenantLimits(limits)
            .routeLimits("chat", limits)
            .fairShares(false)
            .store(
                new SharedStore(
                    RedisQuotaStore.over(client).prefix("latency").build(),
                    Map.of(),
                    1,
                    Duration.ofSeconds(5)))
            .build();
    CallerQuotas chat = quotas.over(new Tariff("chat", null, List.of()));
    ModelCall call = ModelCall.blocking(Caller.of("ann", "acme"), new TokenEstimate(1_000, 500));
    try (StatefulRedisConnection<String, String> connection = client.connect()) {
      RedisAsyncCommands<String, String> redis = connection.async();
      long[] pings = new long[BLOCKS * IN_A_BLOCK];
      long[] admissions = new long[BLOCKS * IN_A_BLOCK];
      for (int block = -BLOCKS; block < BLOCKS; block++) {
        for (int i = 0; i < IN_A_BLOCK; i++) {
          long ping = timed(() -> redis.ping().get());
          if (block >= 0) {
            pings[block * IN_A_BLOCK + i] = ping;
          }
        }
        for (int i = 0; i < IN_A_BLOCK; i++) {
          long admission = timed(() -> admitted(chat, call));
          if (block >= 0) {
            admissions[block * IN_A_BLOCK + i] = admission;
          }
        }
      }
      Latencies ping = new Latencies(pings);
      Latencies admission = new Latencies(admissions);
      System.out.println("PING                        " + ping);
      System.out.println("admission of three scopes   " + admission);
      promise("p50 beside PING's", admission.micros(50) / ping.micros(50), "<=", MOST_OF_P50);
      promise("p99 beside PING's", admission.micros(99) / ping.micros(99), "<=", MOST_OF_P99);
      System.out.println("Redis' own time for it      " + Floor.ofScripts(connection));
    } finally {
      quotas.close();
    }
  }

  static long timed(Callable<?> what) throws Exception {
    long begin = System.nanoTime();
    what.call();
    return System.nanoTime() - begin;
  }

  /** As a blocking driver waits. */
  private static Admission admitted(CallerQuotas quotas, ModelCall call) throws Exception {
    Admission said = quotas.admit(call);
    if (said instanceof Admission.Asked asked) {
      CountDownLatch here = new CountDownLatch(1);
      asked.question().onAnswer(here::countDown);
      here.await();
      said = Objects.requireNonNull(asked.question().answer());
    }
    if (!(said instanceof Admission.Granted)) {
      throw new IllegalStateException("nothing here is refused: " + said);
    }
    return said;
  }

  /** One command in flight on each connection. */
  private void throughput() throws Exception {
    List<Callable<?>> pings = new ArrayList<>();
    List<Callable<?>> admissions = new ArrayList<>();
    List<AutoCloseable> open = new ArrayList<>();
    AtomicLong ids = new AtomicLong();
    for (int i = 0; i < CONNECTIONS; i++) {
      StatefulRedisConnection<String, String> connection = client.connect();
      RedisQuotaStore store = RedisQuotaStore.over(client).prefix("hot").build();
      open.add(connection);
      open.add(store);
      pings.add(() -> connection.async().ping().get());
      Caller ann = Caller.of("ann", "acme");
      admissions.add(
          () ->
              store
                  .take(Demands.of("hot-" + ids.incrementAndGet(), ann, true))
                  .toCompletableFuture()
                  .get());
    }
    perSecond(pings, THROUGHPUT_NANOS / 2);
    perSecond(admissions, THROUGHPUT_NANOS / 2);
    double ping = perSecond(pings, THROUGHPUT_NANOS);
    double admission = perSecond(admissions, THROUGHPUT_NANOS);
    System.out.printf(
        Locale.ROOT,
        "hot key, %d connections      PING %.0f/s, admissions %.0f/s%n",
        CONNECTIONS,
        ping,
        admission);
    promise("hot key's throughput beside PING's", admission / ping, ">=", LEAST_OF_THROUGHPUT);
    System.out.printf(Locale.ROOT, "hot key, pipelined          admissions %.0f/s%n", pipelined());
    for (AutoCloseable each : open) {
      each.close();
    }
  }

  private static double perSecond(List<Callable<?>> work, long nanos) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(work.size());
    long begin = System.nanoTime();
    List<Future<Long>> counts = new ArrayList<>();
    for (Callable<?> each : work) {
      counts.add(
          threads.submit(
              () -> {
                long count = 0;
                while (System.nanoTime() - begin < nanos) {
                  each.call();
                  count++;
                }
                return count;
              }));
    }
    long all = 0;
    for (Future<Long> count : counts) {
      all += count.get();
    }
    threads.shutdown();
    return all * 1e9 / (System.nanoTime() - begin);
  }

  private double pipelined() throws Exception {
    try (RedisQuotaStore store = RedisQuotaStore.over(client).prefix("piped").build()) {
      Caller ann = Caller.of("ann", "acme");
      int calls = 100_000;
      long begin = System.nanoTime();
      takeAll(store, calls, at -> Demands.of("piped-" + at, ann, true));
      return calls * 1e9 / (System.nanoTime() - begin);
    }
  }

  private static void takeAll(
      RedisQuotaStore store, int calls, IntFunction<QuotaStore.Demand> demands)
      throws InterruptedException {
    Semaphore room = new Semaphore(AT_A_TIME);
    for (int at = 0; at < calls; at++) {
      room.acquire();
      store
          .take(demands.apply(at))
          .whenComplete(
              (answer, fault) -> {
                room.release();
                if (fault != null) {
                  throw new IllegalStateException(fault);
                }
              });
    }
    room.acquire(AT_A_TIME);
  }

  private void memory(int callers) throws Exception {
    try (RedisQuotaStore store = RedisQuotaStore.over(client).prefix("many").build();
        StatefulRedisConnection<String, String> connection = client.connect()) {
      connection.sync().flushall();
      LockSupport.parkNanos(Duration.ofSeconds(1).toNanos());
      long before = used(connection);
      takeAll(store, callers, at -> Demands.of("m" + at, Caller.user("user-" + at), false));
      long withCalls = used(connection);
      dropCalls(connection);
      LockSupport.parkNanos(Duration.ofSeconds(2).toNanos());
      long after = used(connection);
      System.out.printf(
          Locale.ROOT,
          "%,d callers, requests and tokens a minute: %d bytes each; a call until it is settled: %d"
              + " bytes%n",
          callers,
          (after - before) / callers,
          (withCalls - after) / callers);
    }
  }

  private static long used(StatefulRedisConnection<String, String> connection) {
    return connection
        .sync()
        .info("memory")
        .lines()
        .filter(line -> line.startsWith("used_memory:"))
        .mapToLong(line -> Long.parseLong(line.substring("used_memory:".length()).strip()))
        .findFirst()
        .orElseThrow();
  }

  private static void dropCalls(StatefulRedisConnection<String, String> connection) {
    ScanArgs calls = ScanArgs.Builder.matches("many:*}:c:*").limit(10_000);
    ScanCursor cursor = ScanCursor.INITIAL;
    do {
      var page = connection.sync().scan(cursor, calls);
      if (!page.getKeys().isEmpty()) {
        connection.sync().unlink(page.getKeys().toArray(String[]::new));
      }
      cursor = page;
    } while (!cursor.isFinished());
  }
}
