package io.github.resilientchat.langchain4j;

import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A task in the caller's context, or without it where that fails: a stream ends, whatever an
 * application's own throws. May run many times, one at a time.
 */
final class InContext implements Runnable {

  private static final Logger LOG = LoggerFactory.getLogger(CallContext.class);

  private final Runnable task;
  private final UnaryOperator<Runnable> context;
  private Runnable wrapped;
  private boolean begun;

  InContext(UnaryOperator<Runnable> context, Runnable task) {
    this.context = context;
    this.task = task;
    this.wrapped = this::wrapThenRun;
  }

  @Override
  public void run() {
    begun = false;
    try {
      wrapped.run();
    } catch (Throwable broken) {
      if (!begun) {
        LOG.warn("a CallContext failed: going on without it", broken);
        wrapped = this::runOnce;
      }
    }
    if (!begun) {
      runOnce();
    }
  }

  private void wrapThenRun() {
    Runnable made = context.apply(this::runOnce);
    wrapped = made;
    made.run();
  }

  private void runOnce() {
    if (!begun) {
      begun = true;
      task.run();
    }
  }
}
