package io.github.resilientchat.samples.quotafleet;

import java.io.IOException;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import redis.embedded.RedisServer;

/**
 * Starts a Redis and two processes of the team chat, has its users ask both of them at once, and
 * says who was admitted where. Fails if the two together let anybody pass a limit, or refused what
 * fitted.
 */
public final class QuotaFleet {

  private static final int OK = 200;
  private static final int TOO_MANY = 429;
  private static final int TRIES = 5;
  private static final List<String> PATHS =
      List.of("/spring-ai/ask", "/langchain4j/ask", "/spring-ai/stream", "/langchain4j/stream");

  /** What each of them may ask in an hour; {@link Instance} sets it. */
  private static final Map<String, Integer> LIMITS = new TreeMap<>(Map.of("alice", 20, "bob", 5));

  private QuotaFleet() {}

  /** What became of one user's calls to one instance. */
  record Count(int admitted, int refused) {

    private Count and(int status) {
      return switch (status) {
        case OK -> new Count(admitted + 1, refused);
        case TOO_MANY -> new Count(admitted, refused + 1);
        default -> throw new IllegalStateException("answered with status " + status);
      };
    }
  }

  public static void main(String[] args) throws Exception {
    System.exit(run() ? 0 : 1);
  }

  static boolean run() throws Exception {
    RedisServer redis = startRedis();
    int port = redis.ports().get(0);
    try (Instance one = new Instance(port);
        Instance two = new Instance(port)) {
      one.awaitStart();
      two.awaitStart();
      return judge(ask(List.of(one, two)));
    } finally {
      redis.stop();
    }
  }

  /** On another port when somebody took the one that had been free. */
  private static RedisServer startRedis() throws IOException {
    for (int tries = 1; ; tries++) {
      RedisServer redis =
          RedisServer.newRedisServer()
              .port(freePort())
              .bind("127.0.0.1")
              .setting("save \"\"")
              .build();
      try {
        redis.start();
        return redis;
      } catch (IOException e) {
        if (tries == TRIES) {
          throw e;
        }
      }
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  /** Each user asks each instance once more than is allowed in all. */
  private static Map<String, List<Count>> ask(List<Instance> instances) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(LIMITS.size() * instances.size());
    Map<String, List<Future<Count>>> asking = new LinkedHashMap<>();
    for (Map.Entry<String, Integer> user : LIMITS.entrySet()) {
      for (Instance instance : instances) {
        String token = instance.signIn(user.getKey());
        asking
            .computeIfAbsent(user.getKey(), name -> new ArrayList<>())
            .add(threads.submit(() -> ask(instance, token, user.getValue() + 1)));
      }
    }
    Map<String, List<Count>> counts = new LinkedHashMap<>();
    for (Map.Entry<String, List<Future<Count>>> user : asking.entrySet()) {
      List<Count> each = new ArrayList<>();
      for (Future<Count> count : user.getValue()) {
        each.add(count.get());
      }
      counts.put(user.getKey(), each);
    }
    threads.shutdown();
    return counts;
  }

  private static Count ask(Instance instance, String token, int calls) throws Exception {
    Count count = new Count(0, 0);
    for (int call = 0; call < calls; call++) {
      count = count.and(instance.ask(PATHS.get(call % PATHS.size()), token));
    }
    return count;
  }

  private static boolean judge(Map<String, List<Count>> counts) {
    int admitted = 0;
    int over = 0;
    int kept = 0;
    for (Map.Entry<String, List<Count>> user : counts.entrySet()) {
      int limit = LIMITS.getOrDefault(user.getKey(), 0);
      int all = user.getValue().stream().mapToInt(Count::admitted).sum();
      System.out.printf("%-6s %2d an hour:", user.getKey(), limit);
      for (int at = 0; at < user.getValue().size(); at++) {
        Count count = user.getValue().get(at);
        System.out.printf(
            "  instance %d admitted %2d, refused %2d;", at + 1, count.admitted(), count.refused());
      }
      System.out.printf("  together %d%n", all);
      admitted += all;
      over += Math.max(0, all - limit);
      kept += Math.max(0, limit - all);
    }
    if (kept > 0) {
      System.out.println("fleet: " + kept + " refused that fitted");
    }
    System.out.println("fleet: " + admitted + " admitted, " + over + " over");
    return over == 0 && kept == 0;
  }
}
