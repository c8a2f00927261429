package io.github.resilientchat.benchmarks.chaos;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.LongSupplier;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;

/** Counts what the SDK sends to one target, retries included. */
final class Meter implements ExecutionInterceptor {

  private final LongSupplier clock;
  private final List<Long> sent = new CopyOnWriteArrayList<>();

  Meter(LongSupplier clock) {
    this.clock = clock;
  }

  @Override
  public void beforeTransmission(
      Context.BeforeTransmission context, ExecutionAttributes attributes) {
    sent.add(clock.getAsLong());
  }

  /** When, since the fault began. */
  List<Long> sent() {
    return sent;
  }
}
