package io.github.resilientchat.springai;

import io.github.resilientchat.core.FreshAnswer;
import io.github.resilientchat.core.Resume;
import io.github.resilientchat.core.RoutePolicy;
import io.github.resilientchat.core.StreamInterruptedException;
import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.model.ChatResponse;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;
import reactor.util.context.ContextView;

/**
 * How a stream goes on with a fresh answer when it breaks, if its consumer or its route says so.
 */
record Restart(FreshAnswer left) {

  static Restart of(ContextView context, RoutePolicy policy) {
    boolean wanted = BrokenStreams.restartAskedIn(context) || policy.resume() == Resume.RESTART;
    return new Restart(new FreshAnswer(wanted, policy, null));
  }

  /**
   * @param answer makes the call within a time limit, or the route's own where there is none
   */
  Flux<ChatResponse> around(Function<@Nullable Duration, Flux<ChatResponse>> answer) {
    return answer
        .apply(null)
        .onErrorResume(
            StreamInterruptedException.class,
            broken ->
                left.takeAfter(broken)
                    .map(rest -> marked(broken, answer.apply(rest)))
                    .orElseGet(() -> Flux.error(broken)));
  }

  private static Flux<ChatResponse> marked(
      StreamInterruptedException broken, Flux<ChatResponse> fresh) {
    // The break was signalled on the client's event loop, and a model may block while it starts.
    return Flux.just(BrokenStreams.marker(broken))
        .concatWith(
            fresh
                .subscribeOn(Schedulers.boundedElastic())
                .doOnError(error -> error.addSuppressed(broken)));
  }
}
