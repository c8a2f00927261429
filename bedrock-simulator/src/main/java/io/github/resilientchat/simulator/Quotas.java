package io.github.resilientchat.simulator;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * All budgets of the simulator. Thread-safe.
 *
 * <p>A call takes one request, and sets input plus {@code maxTokens} aside until it ends. A refused
 * call takes nothing: Bedrock does not document whether it would.
 */
final class Quotas {

  private static final Map<Quota.Kind, Long> DEFAULTS =
      Map.of(
          Quota.Kind.REQUESTS_PER_MINUTE, 10_000L,
          Quota.Kind.TOKENS_PER_MINUTE, 6_000_000L,
          Quota.Kind.TOKENS_PER_DAY, 700_000_000L);

  private static final int MOST_BUCKETS = 10_000;

  private final InstantSource clock;
  private final double reservationMultiplier;
  private final List<Quota> quotas = new ArrayList<>();
  private final Map<BucketKey, Bucket> buckets = new LinkedHashMap<>();

  Quotas(InstantSource clock, double reservationMultiplier) {
    this.clock = clock;
    this.reservationMultiplier = reservationMultiplier;
  }

  /** The budgets that this quota covers start full under it. */
  synchronized void set(Quota quota) {
    quotas.add(quota);
    buckets.keySet().removeIf(quota::covers);
  }

  /** These in place of all that were set. */
  synchronized void replace(List<Quota> others) {
    quotas.clear();
    quotas.addAll(others);
  }

  synchronized void refill() {
    buckets.clear();
  }

  synchronized void forEach(BiConsumer<BucketKey, Double> action) {
    Instant now = clock.instant();
    buckets.forEach((key, bucket) -> action.accept(key, bucket.remaining(now)));
  }

  synchronized long limit(BucketKey key) {
    for (int i = quotas.size() - 1; i >= 0; i--) {
      if (quotas.get(i).covers(key)) {
        return quotas.get(i).limit();
      }
    }
    return DEFAULTS.getOrDefault(key.kind(), Long.MAX_VALUE);
  }

  /** Throws {@link Refused} with the text of the first budget that does not suffice. */
  synchronized Reservation reserve(Caller caller, Target target, long input, long maxTokens) {
    Instant now = clock.instant();
    Bucket requests = bucket(perMinute(Quota.Kind.REQUESTS_PER_MINUTE, caller, target), now);
    Bucket tokens = bucket(perMinute(Quota.Kind.TOKENS_PER_MINUTE, caller, target), now);
    Bucket day = bucket(BucketKey.perDay(caller), now);
    double reserved = input + maxTokens * reservationMultiplier;
    require(day.remaining(now) >= reserved, "tokens per day");
    require(requests.remaining(now) >= 1, "requests");
    require(tokens.remaining(now) >= reserved, "tokens");
    requests.take(1, now);
    tokens.take(reserved, now);
    day.take(reserved, now);
    return used -> settle(reserved - used, tokens, day);
  }

  private synchronized void settle(double unused, Bucket tokens, Bucket day) {
    Instant now = clock.instant();
    tokens.give(unused, now);
    day.give(unused, now);
  }

  private Bucket bucket(BucketKey key, Instant now) {
    if (buckets.size() >= MOST_BUCKETS && !buckets.containsKey(key)) {
      // Made by callers, who may name any number of accounts; a full one is as good as a new one.
      buckets.entrySet().removeIf(kept -> kept.getValue().remaining(now) >= limit(kept.getKey()));
      if (buckets.size() >= MOST_BUCKETS) {
        buckets.remove(buckets.keySet().iterator().next());
      }
    }
    return buckets.computeIfAbsent(
        key,
        wanted ->
            wanted.kind() == Quota.Kind.TOKENS_PER_DAY
                ? Bucket.perDay(limit(wanted), now)
                : Bucket.perMinute(limit(wanted), now));
  }

  private static BucketKey perMinute(Quota.Kind kind, Caller caller, Target target) {
    return BucketKey.perMinute(kind, caller, target);
  }

  private static void require(boolean available, String what) {
    if (!available) {
      throw new Refused(ApiError.throttled(what));
    }
  }
}
