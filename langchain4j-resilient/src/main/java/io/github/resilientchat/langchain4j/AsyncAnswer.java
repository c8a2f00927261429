package io.github.resilientchat.langchain4j;

import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The answer of a blocking call that another thread makes. Ends once; cancelling it interrupts the
 * call, which closes its exchange, and never a thread that has gone on to something else.
 *
 * @param <T> of the answer
 */
final class AsyncAnswer<T> extends CompletableFuture<T> implements Runnable {

  private final Supplier<T> call;
  private final Object handover = new Object();
  private @Nullable Thread caller;

  AsyncAnswer(Supplier<T> call) {
    this.call = call;
  }

  @Override
  public void run() {
    synchronized (handover) {
      if (isDone()) {
        return;
      }
      caller = Thread.currentThread();
    }
    try {
      complete(call.get());
    } catch (Throwable error) {
      completeExceptionally(error);
    } finally {
      synchronized (handover) {
        caller = null;
      }
      // Meant for the call, which is over.
      Thread.interrupted();
    }
  }

  @Override
  public boolean cancel(boolean mayInterruptIfRunning) {
    boolean cancelled = super.cancel(mayInterruptIfRunning);
    synchronized (handover) {
      @Nullable Thread running = caller;
      if (cancelled && running != null) {
        running.interrupt();
      }
    }
    return cancelled;
  }
}
