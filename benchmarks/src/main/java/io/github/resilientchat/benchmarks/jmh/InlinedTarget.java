package io.github.resilientchat.benchmarks.jmh;

import dev.langchain4j.model.chat.ChatModel;
import io.github.bucket4j.Bucket;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import java.util.concurrent.atomic.AtomicInteger;

/** A target of the hand-inlined router: model, breaker, two buckets, and how busy it is. */
final class InlinedTarget {

  final ChatModel model;
  final CircuitBreaker breaker;

  private final Bucket requests;
  private final Bucket tokens;
  private final double weight;
  private final AtomicInteger inFlight = new AtomicInteger();

  InlinedTarget(
      ChatModel model, CircuitBreaker breaker, Bucket requests, Bucket tokens, double weight) {
    this.model = model;
    this.breaker = breaker;
    this.requests = requests;
    this.tokens = tokens;
    this.weight = weight;
  }

  double load() {
    return (inFlight.get() + 1) / weight;
  }

  /** Takes the breaker's permission, a request and the estimate, or nothing. */
  boolean tryEnter(long estimate) {
    if (!breaker.tryAcquirePermission()) {
      return false;
    }
    if (!requests.tryConsume(1)) {
      breaker.releasePermission();
      return false;
    }
    if (!tokens.tryConsume(estimate)) {
      requests.addTokens(1);
      breaker.releasePermission();
      return false;
    }
    inFlight.incrementAndGet();
    return true;
  }

  /** Once for each entry, with the tokens really used. */
  void leave(long estimate, long used) {
    inFlight.decrementAndGet();
    InlinedRouter.settle(tokens, estimate, used);
  }
}
