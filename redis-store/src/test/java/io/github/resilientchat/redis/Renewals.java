package io.github.resilientchat.redis;

import io.github.resilientchat.core.quota.QuotaStore;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A store that counts how often it has heard that calls run still. */
final class Renewals implements QuotaStore {

  private final QuotaStore store;
  private final AtomicInteger heard = new AtomicInteger();

  Renewals(QuotaStore store) {
    this.store = store;
  }

  int heard() {
    return heard.get();
  }

  @Override
  public CompletionStage<?> renew(List<Demand> running) {
    return store.renew(running).thenRun(heard::incrementAndGet);
  }

  @Override
  public CompletionStage<Answer> take(Demand demand) {
    return store.take(demand);
  }

  @Override
  public CompletionStage<Ended> end(Demand demand, @Nullable Object ticket, Use use) {
    return store.end(demand, ticket, use);
  }

  @Override
  public CompletionStage<?> probe() {
    return store.probe();
  }

  @Override
  public Duration lease() {
    return store.lease();
  }

  @Override
  public Duration repeatable() {
    return store.repeatable();
  }

  @Override
  public long largestLimit() {
    return store.largestLimit();
  }

  @Override
  public void close() {
    store.close();
  }
}
