package io.github.resilientchat.core.quota;

import io.github.resilientchat.core.internal.time.Nanos;
import io.github.resilientchat.core.internal.time.Wake;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Keeps the places of calls that run, among the calls at a time of their callers, three times in a
 * lease. An instance that dies renews none. Thread-safe.
 */
final class Leases {

  private final QuotaStore store;
  private final StoreReach reach;
  private final Wake wake;
  private final long interval;
  private final Map<String, QuotaStore.Demand> running = new ConcurrentHashMap<>();
  private final AtomicBoolean wakes = new AtomicBoolean();

  Leases(QuotaStore store, StoreReach reach, Wake wake) {
    this.store = store;
    this.reach = reach;
    this.wake = wake;
    this.interval = Nanos.of(store.lease()) / 3;
  }

  void enter(QuotaStore.Demand demand) {
    for (QuotaStore.Holder holder : demand.holders()) {
      if (holder.limits().of(Limit.Unit.PAR) != null) {
        running.put(demand.id(), demand);
        watch();
        return;
      }
    }
  }

  void leave(QuotaStore.Demand demand) {
    if (!running.isEmpty()) {
      running.remove(demand.id());
    }
  }

  private void watch() {
    if (!wakes.getAndSet(true)) {
      wake.after(
          interval,
          () -> {
            wakes.set(false);
            renew();
            if (!running.isEmpty() && !reach.isClosed()) {
              watch();
            }
          });
    }
  }

  /** Of all that run; when the store is away, it is done when it is back. */
  void renew() {
    List<QuotaStore.Demand> all = List.copyOf(running.values());
    if (!all.isEmpty() && !reach.isAway()) {
      reach.tell(() -> store.renew(all).thenApply(renewed -> true));
    }
  }
}
