package io.github.resilientchat.benchmarks.jmh;

import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import io.github.bucket4j.Bucket;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import io.github.resilientchat.core.route.BreakerPolicy;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What an application would write by hand, without an engine: targets with a Resilience4j breaker
 * and two Bucket4j buckets each, users with two buckets each, found by tenant; the less busy of two
 * by weight, the others when it refuses; up to three attempts; reserve before, settle after.
 */
final class InlinedRouter {

  private static final int MOST_ATTEMPTS = 3;

  private final InlinedTarget[] targets;
  private final Map<String, Tenant> tenants = new ConcurrentHashMap<>();

  InlinedRouter(int targets, ChatModel model) {
    this.targets =
        IntStream.range(0, targets)
            .mapToObj(number -> target(number, model))
            .toArray(InlinedTarget[]::new);
    tenants.put(Workload.TENANT, new Tenant());
  }

  private record Account(Bucket requests, Bucket tokens) {}

  private static final class Tenant {
    private final Map<String, Account> users = new ConcurrentHashMap<>();

    Account account(String user) {
      Account known = users.get(user);
      return known != null
          ? known
          : users.computeIfAbsent(
              user,
              unused ->
                  new Account(
                      bucket(Workload.REQUESTS_A_MINUTE), bucket(Workload.TOKENS_A_MINUTE)));
    }
  }

  ChatResponse chat(String tenant, String user, long estimate, ChatRequest request) {
    Tenant known = tenants.get(tenant);
    if (known == null) {
      throw new IllegalStateException("unknown tenant " + tenant);
    }
    Account account = known.account(user);
    if (!account.requests.tryConsume(1)) {
      throw new IllegalStateException("too many requests");
    }
    if (!account.tokens.tryConsume(estimate)) {
      account.requests.addTokens(1);
      throw new IllegalStateException("too many tokens");
    }
    long used = 0;
    try {
      ChatResponse response = route(estimate, request);
      used = response.tokenUsage().totalTokenCount();
      return response;
    } finally {
      settle(account.tokens, estimate, used);
    }
  }

  private ChatResponse route(long estimate, ChatRequest request) {
    long tried = 0;
    @Nullable RuntimeException last = null;
    for (int attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
      int chosen = enter(tried, estimate);
      if (chosen < 0) {
        break;
      }
      tried |= 1L << chosen;
      InlinedTarget target = targets[chosen];
      long used = 0;
      long began = System.nanoTime();
      try {
        ChatResponse response = target.model.chat(request);
        target.breaker.onSuccess(System.nanoTime() - began, TimeUnit.NANOSECONDS);
        used = response.tokenUsage().totalTokenCount();
        return response;
      } catch (RuntimeException failed) {
        target.breaker.onError(System.nanoTime() - began, TimeUnit.NANOSECONDS, failed);
        last = failed;
      } finally {
        target.leave(estimate, used);
      }
    }
    throw last != null ? last : new IllegalStateException("no target available");
  }

  /** The less busy of two, else the first other one that lets in; -1 when none does. */
  private int enter(long tried, long estimate) {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    int one = random.nextInt(targets.length);
    int other = random.nextInt(targets.length);
    int better = targets[one].load() <= targets[other].load() ? one : other;
    if ((tried & 1L << better) == 0 && targets[better].tryEnter(estimate)) {
      return better;
    }
    for (int step = 1; step < targets.length; step++) {
      int next = (better + step) % targets.length;
      if ((tried & 1L << next) == 0 && targets[next].tryEnter(estimate)) {
        return next;
      }
    }
    return -1;
  }

  static void settle(Bucket tokens, long estimate, long used) {
    if (used < estimate) {
      tokens.addTokens(estimate - used);
    } else if (used > estimate) {
      tokens.consumeIgnoringRateLimits(used - estimate);
    }
  }

  private static InlinedTarget target(int number, ChatModel model) {
    return new InlinedTarget(
        model,
        CircuitBreaker.of("target" + number, breaker(BreakerPolicy.DEFAULTS)),
        bucket(Workload.REQUESTS_A_MINUTE),
        bucket(Workload.TOKENS_A_MINUTE),
        1);
  }

  /** As the engine's. */
  private static CircuitBreakerConfig breaker(BreakerPolicy policy) {
    return CircuitBreakerConfig.custom()
        .slidingWindowType(SlidingWindowType.TIME_BASED)
        .slidingWindowSize((int) policy.window().toSeconds())
        .minimumNumberOfCalls(policy.minimumCalls())
        .failureRateThreshold(policy.failureRate())
        .waitDurationInOpenState(policy.openFor())
        .permittedNumberOfCallsInHalfOpenState(policy.halfOpenCalls())
        .build();
  }

  private static Bucket bucket(long amount) {
    return Bucket.builder()
        .addLimit(limit -> limit.capacity(amount).refillGreedy(amount, Duration.ofMinutes(1)))
        .build();
  }
}
