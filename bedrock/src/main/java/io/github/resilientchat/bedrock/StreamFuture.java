package io.github.resilientchat.bedrock;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/** The future of one stream; cancelling it closes the exchange. */
final class StreamFuture extends CompletableFuture<Void> {

  private final BooleanSupplier stop;
  private volatile boolean subscriberTold;

  /**
   * @param stop ends the stream; whether it was cut off, or over
   */
  StreamFuture(BooleanSupplier stop) {
    this.stop = stop;
  }

  /** The event subscriber got the failure with which this future is about to end. */
  void subscriberTold() {
    subscriberTold = true;
  }

  @Override
  public boolean cancel(boolean mayInterruptIfRunning) {
    if (!isDone() && stop.getAsBoolean()) {
      super.cancel(mayInterruptIfRunning);
    }
    return isCancelled();
  }

  /**
   * Passes over a function whose event subscriber knows already. LangChain4j's
   * BedrockStreamingChatModel reports the error from both places (1.16.3), so that its handler and
   * its listeners would see it twice. The resulting future fails all the same.
   */
  @Override
  public CompletableFuture<Void> exceptionally(Function<Throwable, ? extends Void> fn) {
    return super.exceptionally(
        error -> {
          if (subscriberTold) {
            throw error instanceof CompletionException known
                ? known
                : new CompletionException(error);
          }
          return fn.apply(error);
        });
  }
}
