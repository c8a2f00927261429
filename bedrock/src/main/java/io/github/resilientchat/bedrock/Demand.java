package io.github.resilientchat.bedrock;

import io.github.resilientchat.core.adapter.Exchange;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;

/**
 * How many events are asked of the SDK: as many as the subscriber wants, but for an {@link
 * Exchange} a few at a time, and none while it has no room. Without one, whatever the subscriber
 * says.
 *
 * <p>Thread-safe. Asking may deliver events, which make others ask: one thread at a time does it,
 * and goes on for all the others, so that no call nests in another.
 */
final class Demand {

  /**
   * Events on their way when room runs out still arrive; they are words, or a few hundred bytes.
   */
  static final int AT_ONCE = 16;

  private static final int LOW = AT_ONCE / 2;

  private final Subscription upstream;
  private final GuardedStream<?, ?> stream;
  private final @Nullable Exchange exchange;
  private final AtomicLong wanted = new AtomicLong();
  private final AtomicInteger underWay = new AtomicInteger();
  private final AtomicInteger askers = new AtomicInteger();

  Demand(Subscription upstream, GuardedStream<?, ?> stream) {
    this.upstream = upstream;
    this.stream = stream;
    this.exchange = stream.exchange();
  }

  /** The subscriber wants so many more. */
  void add(long count) {
    if (exchange == null || count < 1) {
      // A count below 1 is for the SDK to refuse.
      upstream.request(count);
      return;
    }
    wanted.accumulateAndGet(count, Demand::sum);
    ask();
  }

  /** One of those that were asked for is here. */
  void arrived() {
    underWay.decrementAndGet();
  }

  /** Asks for what is wanted and has room. */
  void ask() {
    if (exchange == null || askers.getAndIncrement() != 0) {
      return;
    }
    int served = 1;
    do {
      askOnce(exchange);
      served = askers.addAndGet(-served);
    } while (served != 0);
  }

  private void askOnce(Exchange room) {
    int already = underWay.get();
    if (already > LOW || !room.hasRoom()) {
      return;
    }
    int more = (int) Math.min(wanted.get(), AT_ONCE - already);
    if (more < 1) {
      return;
    }
    wanted.accumulateAndGet(more, Demand::rest);
    underWay.addAndGet(more);
    try {
      upstream.request(more);
    } catch (Throwable thrown) {
      stream.failNow(thrown);
    }
  }

  private static long sum(long wanted, long more) {
    return more > Long.MAX_VALUE - wanted ? Long.MAX_VALUE : wanted + more;
  }

  /** The largest number stands for all there are. */
  private static long rest(long wanted, long taken) {
    return wanted == Long.MAX_VALUE ? wanted : wanted - taken;
  }
}
