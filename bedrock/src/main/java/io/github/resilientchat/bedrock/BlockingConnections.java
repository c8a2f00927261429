package io.github.resilientchat.bedrock;

import io.github.resilientchat.core.Ticker;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import software.amazon.awssdk.http.SdkHttpClient;

/**
 * The pooled connections of one account's blocking calls. A peer that vanished without a word
 * leaves dead ones behind, which look like any other and would swallow one call each: after a call
 * that heard nothing at all, later ones begin with a pool of their own, at most every five seconds,
 * and the old pool is closed when its last call has ended. Thread-safe.
 */
final class BlockingConnections implements AutoCloseable {

  private static final long APART = Duration.ofSeconds(5).toNanos();

  private final Supplier<SdkHttpClient> make;
  private final Ticker ticker = Ticker.system();
  private Pool current;
  private long madeAt;
  private boolean closed;

  BlockingConnections(Supplier<SdkHttpClient> make) {
    this.make = make;
    this.current = new Pool(make.get());
    this.madeAt = ticker.nanos() - APART;
  }

  /** One pool and how many calls it serves. */
  final class Pool {

    private final SdkHttpClient client;
    private int calls;

    private Pool(SdkHttpClient client) {
      this.client = client;
    }

    SdkHttpClient client() {
      return client;
    }

    /** A call is over; the returned one of {@link #begin} says so once. */
    private void left() {
      if (leaves(this)) {
        client.close();
      }
    }

    /** A call heard nothing from its peer. */
    void silent() {
      if (renew(this)) {
        client.close();
      }
    }
  }

  /** What a call holds. */
  static final class Use {

    private final Pool pool;
    private final AtomicBoolean over = new AtomicBoolean();

    private Use(Pool pool) {
      this.pool = pool;
    }

    Pool pool() {
      return pool;
    }

    void end() {
      if (!over.getAndSet(true)) {
        pool.left();
      }
    }
  }

  /** A call begins; it ends its use once, however it ends. */
  synchronized Use begin() {
    current.calls++;
    return new Use(current);
  }

  private synchronized boolean leaves(Pool pool) {
    pool.calls--;
    return pool.calls == 0 && (pool != current || closed);
  }

  /** Whether the old pool is to be closed by whoever asked: nobody uses it. */
  private boolean renew(Pool pool) {
    if (!isDue(pool)) {
      return false;
    }
    // Made under no lock: that is the client's code.
    Pool fresh;
    try {
      fresh = new Pool(make.get());
    } catch (RuntimeException none) {
      // The call's own timeout is what its caller has to hear of; the next one tries again.
      return false;
    }
    if (replaces(pool, fresh)) {
      return isUnused(pool);
    }
    fresh.client().close();
    return false;
  }

  /** Whether it is time for a pool in place of this one; said to one asker. */
  private synchronized boolean isDue(Pool pool) {
    long now = ticker.nanos();
    boolean due = !closed && pool == current && now - madeAt >= APART;
    madeAt = due ? now : madeAt;
    return due;
  }

  private synchronized boolean replaces(Pool pool, Pool fresh) {
    boolean open = !closed && pool == current;
    current = open ? fresh : current;
    return open;
  }

  private synchronized boolean isUnused(Pool pool) {
    return pool.calls == 0;
  }

  /** Ends what is open, the calls included. */
  @Override
  public void close() {
    SdkHttpClient open;
    synchronized (this) {
      closed = true;
      open = current.client();
    }
    open.close();
  }
}
