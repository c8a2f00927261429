package io.github.resilientchat.core.drive;

import io.github.resilientchat.core.Attempt;
import io.github.resilientchat.core.CallReport;
import io.github.resilientchat.core.GiveUp;
import io.github.resilientchat.core.ModelCall;
import io.github.resilientchat.core.Pause;
import io.github.resilientchat.core.Router;
import io.github.resilientchat.core.Step;
import io.github.resilientchat.core.Target;
import io.github.resilientchat.core.Usage;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Drives calls that wait for a whole answer, on the caller's own thread. Holds no policy. */
public final class BlockingDriver {

  private BlockingDriver() {}

  /** How a framework's models are called. */
  public interface Models<R> {

    /** Calls the target's model once; what it throws is the attempt's failure. */
    R call(Target target);

    /** Tokens of an answer, or null when it does not say. */
    @Nullable Usage usageOf(R answer);
  }

  /** An answer and how it came about. */
  public record Answer<R>(R response, CallReport report) {}

  /**
   * Drives one call to its end.
   *
   * @throws io.github.resilientchat.core.RoutingException if no target answered
   * @throws CancellationException if the thread is interrupted before a target is asked
   * @throws RuntimeException the model's own error, as it is, if the request itself was refused
   */
  public static <R> Answer<R> drive(Router router, ModelCall call, Models<R> models) {
    Step step = router.begin(call);
    while (true) {
      if (step instanceof Attempt attempt) {
        if (Thread.currentThread().isInterrupted()) {
          step = attempt.abandoned();
          continue;
        }
        try {
          R response = exchange(attempt, models);
          attempt.completed(models.usageOf(response));
          return new Answer<>(response, attempt.callReport());
        } catch (Throwable error) {
          step = attempt.failed(error);
        }
      } else if (step instanceof Pause pause) {
        step = sleep(pause);
      } else if (step instanceof GiveUp giveUp) {
        throw unchecked(giveUp.reason());
      } else {
        throw new IllegalStateException("a blocking call has one signal per step: " + step);
      }
    }
  }

  private static <R> R exchange(Attempt attempt, Models<R> models) {
    Exchange exchange = new Exchange(attempt.patience(), false);
    try (Exchange.Scope ignored = exchange.open()) {
      return models.call(attempt.target());
    }
  }

  private static Step sleep(Pause pause) {
    try {
      TimeUnit.NANOSECONDS.sleep(pause.delay().toNanos());
    } catch (InterruptedException e) {
      pause.cancelled();
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted while waiting for a target");
    }
    return pause.resume();
  }

  /** The error itself: frameworks throw only what needs no declaration. */
  @SuppressWarnings("unchecked")
  private static <E extends Throwable> RuntimeException unchecked(Throwable error) throws E {
    throw (E) error;
  }
}
