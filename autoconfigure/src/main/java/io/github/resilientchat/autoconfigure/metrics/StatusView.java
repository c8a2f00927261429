package io.github.resilientchat.autoconfigure.metrics;

import io.github.resilientchat.core.Ticker;
import io.github.resilientchat.core.operation.Operations;
import io.github.resilientchat.core.operation.RouteStatus;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One look at all targets for the many gauges that are read together. */
final class StatusView {

  private static final long FRESH_NANOS = Duration.ofMillis(200).toNanos();

  private record Look(List<RouteStatus> routes, long at) {}

  private final Operations operations;
  private final Ticker ticker = Ticker.system();
  private volatile @Nullable Look last;

  StatusView(Operations operations) {
    this.operations = operations;
  }

  List<RouteStatus> routes() {
    long now = ticker.nanos();
    @Nullable Look known = last;
    if (known != null && now - known.at() < FRESH_NANOS) {
      return known.routes();
    }
    Look look = new Look(operations.routes(), now);
    last = look;
    return look.routes();
  }
}
