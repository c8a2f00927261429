package io.github.resilientchat.core.internal.ledger;

import java.util.concurrent.locks.AbstractQueuedSynchronizer;

/**
 * A lock that no thread enters twice. Unlike a reentrant one it does not note its owner: to write a
 * thread into an old object costs a fence under G1, each time. Who waits is parked, which pins no
 * virtual thread.
 */
@SuppressWarnings("serial")
public class Mutex extends AbstractQueuedSynchronizer {

  private static final long serialVersionUID = 1L;

  private static final int FREE = 0;
  private static final int HELD = 1;

  public final void lock() {
    acquire(HELD);
  }

  public final void unlock() {
    release(HELD);
  }

  @Override
  protected final boolean tryAcquire(int held) {
    return compareAndSetState(FREE, held);
  }

  @Override
  protected final boolean tryRelease(int held) {
    setState(FREE);
    return true;
  }
}
