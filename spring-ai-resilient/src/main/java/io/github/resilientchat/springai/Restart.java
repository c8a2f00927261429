package io.github.resilientchat.springai;

import io.github.resilientchat.core.StreamInterruptedException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.model.ChatResponse;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;
import reactor.util.context.ContextView;

/** The one fresh answer that a stream may go on with when it breaks, if its consumer asked so. */
final class Restart {

  private final AtomicBoolean left;
  private final Duration timeLimit;

  private Restart(boolean asked, Duration timeLimit) {
    this.left = new AtomicBoolean(asked);
    this.timeLimit = timeLimit;
  }

  /**
   * @param timeLimit for the broken answer and the fresh one together
   */
  static Restart askedIn(ContextView context, Duration timeLimit) {
    return new Restart(BrokenStreams.restartAskedIn(context), timeLimit);
  }

  /**
   * @param answer makes the call within a time limit, or the route's own where there is none
   */
  Flux<ChatResponse> around(Function<@Nullable Duration, Flux<ChatResponse>> answer) {
    return answer
        .apply(null)
        .onErrorResume(StreamInterruptedException.class, broken -> after(broken, answer));
  }

  private Flux<ChatResponse> after(
      StreamInterruptedException broken, Function<@Nullable Duration, Flux<ChatResponse>> answer) {
    Duration rest = timeLimit.minus(broken.report().elapsed());
    boolean inTime = !rest.isNegative() && !rest.isZero();
    if (!broken.retryable() || !inTime || !left.getAndSet(false)) {
      return Flux.error(broken);
    }
    // The break was signalled on the client's event loop, and a model may block while it starts.
    Flux<ChatResponse> fresh = answer.apply(rest).subscribeOn(Schedulers.boundedElastic());
    return Flux.just(BrokenStreams.marker(broken))
        .concatWith(fresh.doOnError(error -> error.addSuppressed(broken)));
  }
}
