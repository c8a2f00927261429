package io.github.resilientchat.core.quota;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

/**
 * A store that the instances of an application share, and what to do without it.
 *
 * @param onFailure by what limits count; {@link OnStoreFailure#LOCAL} where nothing is said
 * @param expectedInstances among how many a limit is shared while each keeps its own accounts
 * @param timeout how long a call waits for the store at most
 */
public record SharedStore(
    QuotaStore store,
    Map<Limit.Measure, OnStoreFailure> onFailure,
    int expectedInstances,
    Duration timeout) {

  public SharedStore {
    Map<Limit.Measure, OnStoreFailure> all = new EnumMap<>(Limit.Measure.class);
    for (Limit.Measure measure : Limit.Measure.values()) {
      all.put(measure, onFailure.getOrDefault(measure, OnStoreFailure.LOCAL));
    }
    onFailure = Map.copyOf(all);
    if (expectedInstances < 1) {
      throw new IllegalArgumentException(
          "at least one instance must be expected: " + expectedInstances);
    }
    if (timeout.isZero() || timeout.isNegative()) {
      throw new IllegalArgumentException("the store needs time to answer: " + timeout);
    }
  }

  /** One instance, 50 ms to answer, and its own memory while the store is away. */
  public static SharedStore of(QuotaStore store) {
    return new SharedStore(store, Map.of(), 1, Duration.ofMillis(50));
  }

  /**
   * @throws IllegalArgumentException that names the limit that is too large for the store
   */
  void requireCountable(ScopeLimits scope) {
    for (Limit limit : scope.limits().all()) {
      if (limit.amount() > store.largestLimit()) {
        throw new IllegalArgumentException(
            "limit "
                + limit
                + " of "
                + scope.scope()
                + " "
                + scope.plan()
                + " is more than the shared store counts exactly; lower it to "
                + new Limit(store.largestLimit(), limit.unit()));
      }
    }
  }

  OnStoreFailure onFailure(Limit limit) {
    return onFailure.getOrDefault(limit.unit().measure(), OnStoreFailure.LOCAL);
  }

  /** What an instance lets pass on its own: its share, of what comes one by one at least one. */
  Limit share(Limit limit) {
    return switch (onFailure(limit)) {
      case OPEN -> new Limit(Limit.MOST, limit.unit());
      case CLOSED -> limit;
      case LOCAL -> new Limit(shareOf(limit), limit.unit());
    };
  }

  private long shareOf(Limit limit) {
    long share = limit.amount() / expectedInstances;
    return switch (limit.unit().measure()) {
      case REQUESTS, CONCURRENCY -> Math.max(Math.min(1, limit.amount()), share);
      case TOKENS, MONEY -> share;
    };
  }
}
