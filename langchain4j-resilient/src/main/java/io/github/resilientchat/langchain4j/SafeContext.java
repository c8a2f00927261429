package io.github.resilientchat.langchain4j;

import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A caller's context, or none where it fails: a stream ends, whatever an application's own throws.
 */
record SafeContext(UnaryOperator<Runnable> context) implements UnaryOperator<Runnable> {

  private static final Logger LOG = LoggerFactory.getLogger(CallContext.class);

  @Override
  public Runnable apply(Runnable task) {
    return () -> run(new Begun(task));
  }

  private void run(Begun task) {
    try {
      context.apply(task).run();
    } catch (RuntimeException broken) {
      if (task.begun) {
        throw broken;
      }
      LOG.warn("a CallContext failed: going on without it", broken);
      task.run();
    }
  }

  private static final class Begun implements Runnable {

    private final Runnable task;
    private boolean begun;

    Begun(Runnable task) {
      this.task = task;
    }

    @Override
    public void run() {
      begun = true;
      task.run();
    }
  }
}
