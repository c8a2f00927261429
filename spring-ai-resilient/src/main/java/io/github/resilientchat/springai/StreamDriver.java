package io.github.resilientchat.springai;

import io.github.resilientchat.core.Attempt;
import io.github.resilientchat.core.GiveUp;
import io.github.resilientchat.core.ModelCall;
import io.github.resilientchat.core.Pause;
import io.github.resilientchat.core.Router;
import io.github.resilientchat.core.Step;
import io.github.resilientchat.core.Target;
import io.github.resilientchat.core.drive.Exchange;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.LongConsumer;
import org.reactivestreams.Publisher;
import org.springframework.ai.chat.model.ChatResponse;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxSink;
import reactor.core.publisher.SignalType;
import reactor.core.scheduler.Schedulers;

/**
 * Drives one streamed call to its end; obeys the engine's steps and holds no policy. The caller
 * sees one answer and exactly one ending. Parts that the caller has not asked for yet wait in a
 * queue, because models emit into a small buffer that overflows when it is not emptied.
 */
final class StreamDriver {

  private final FluxSink<ChatResponse> sink;
  private final Function<Target, Flux<ChatResponse>> models;
  private final Disposable.Swap live = Disposables.swap();

  private StreamDriver(FluxSink<ChatResponse> sink, Function<Target, Flux<ChatResponse>> models) {
    this.sink = sink;
    this.models = models;
  }

  /** A stream that makes the call each time it is subscribed to. */
  static Flux<ChatResponse> drive(
      Router router, ModelCall call, Function<Target, Flux<ChatResponse>> models) {
    return Flux.create(
        sink -> {
          StreamDriver driver = new StreamDriver(sink, models);
          sink.onCancel(driver.live);
          Step first = router.begin(call);
          if (first instanceof Attempt attempt) {
            driver.attempt(attempt).start();
          } else {
            driver.follow(first);
          }
        });
  }

  /** Does what the step says; called on whatever thread the last signal came from. */
  void follow(Step step) {
    if (step instanceof Attempt attempt) {
      // Signals arrive on the client's event loop, and a model may block while it starts.
      elsewhere(attempt, attempt(attempt));
    } else if (step instanceof Pause pause) {
      pause(pause);
    } else if (step instanceof GiveUp giveUp) {
      giveUp(giveUp);
    }
  }

  private void giveUp(GiveUp giveUp) {
    // Whatever still runs beside the attempt that failed has lost.
    live.dispose();
    if (!sink.isCancelled()) {
      sink.error(giveUp.reason());
    }
  }

  private AttemptStream attempt(Attempt attempt) {
    Disposable.Composite race = Disposables.composite();
    live.replace(race);
    return entered(attempt, race);
  }

  private AttemptStream entered(Attempt attempt, Disposable.Composite race) {
    AttemptStream stream = new AttemptStream(this, attempt, race, sink);
    // Ends it at once when the race is over.
    race.add(stream);
    return stream;
  }

  /** Asks for a second attempt beside this one. */
  void hedge(Attempt first, Disposable.Composite race) {
    if (first.hedge() instanceof Attempt second) {
      elsewhere(second, entered(second, race));
    }
  }

  /** Stops the streams that this one has beaten. */
  void won(AttemptStream winner, Disposable.Composite race) {
    live.replace(winner);
    race.remove(winner);
    race.dispose();
  }

  private void elsewhere(Attempt attempt, AttemptStream stream) {
    try {
      Schedulers.boundedElastic().schedule(stream::start);
    } catch (RejectedExecutionException e) {
      follow(attempt.failed(e));
    }
  }

  private void pause(Pause pause) {
    Disposable.Swap timer = Disposables.swap();
    // Before the timer starts: it may be over at once and put the next attempt in this place.
    live.replace(
        () -> {
          pause.cancelled();
          timer.dispose();
        });
    timer.update(later(pause.delay(), () -> follow(pause.resume())));
  }

  Disposable later(Duration delay, Runnable action) {
    return Schedulers.parallel().schedule(action, delay.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** The model's own stream; closes the exchange behind it unless it came to its end. */
  Publisher<ChatResponse> open(Attempt attempt, LongConsumer heard) {
    Exchange exchange = new Exchange(attempt.patience(), true);
    exchange.onProgress(heard);
    Publisher<ChatResponse> opened =
        subscriber -> {
          try (Exchange.Scope ignored = exchange.open()) {
            Flux.defer(() -> models.apply(attempt.target())).subscribe(subscriber);
          }
        };
    return Flux.from(opened)
        .doFinally(
            signal -> {
              if (signal != SignalType.ON_COMPLETE) {
                exchange.stop();
              }
            });
  }
}
