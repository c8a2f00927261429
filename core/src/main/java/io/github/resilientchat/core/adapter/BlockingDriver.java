package io.github.resilientchat.core.adapter;

import io.github.resilientchat.core.ModelCall;
import io.github.resilientchat.core.Usage;
import io.github.resilientchat.core.failure.AttemptFailedException;
import io.github.resilientchat.core.internal.foreign.Foreign;
import io.github.resilientchat.core.report.CallReport;
import io.github.resilientchat.core.route.Target;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Drives calls that wait for a whole answer, on the caller's own thread. Holds no policy. */
public final class BlockingDriver {

  private static final Throwable NO_ERROR = new IllegalStateException("there is an answer");

  private BlockingDriver() {}

  /** How a framework's models are called. */
  public interface Models<R> {

    /** Calls the target's model once; what it throws is the attempt's failure. */
    R call(Target target);

    /** Tokens of an answer, or null when it does not say. */
    @Nullable Usage usageOf(R answer);
  }

  /**
   * An answer and how it came about.
   *
   * @param by the attempt that got it
   */
  public record Answer<R>(R response, Attempt by) {

    /** Which target answered. */
    public Target target() {
      return by.target();
    }

    /** The account of the call, made when somebody reads it. */
    public CallReport report() {
      return by.callReport();
    }
  }

  /**
   * Drives one call to its end.
   *
   * @throws io.github.resilientchat.core.report.RoutingException if no target answered
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
        Outcome<R> outcome = exchange(attempt, models);
        if (outcome.answer() != null) {
          attempt.completed(outcome.usage());
          return new Answer<>(outcome.answer(), attempt);
        }
        step = attempt.failed(outcome.error());
      } else if (step instanceof Pause pause) {
        step = sleep(pause);
      } else if (step instanceof Await await) {
        step = answered(await);
      } else if (step instanceof GiveUp giveUp) {
        throw Foreign.sneaky(giveUp.reason());
      } else {
        throw new IllegalStateException("a blocking call has one signal per step: " + step);
      }
    }
  }

  /** What became of an exchange: an answer, or an error. */
  private record Outcome<R>(@Nullable R answer, @Nullable Usage usage, Throwable error) {}

  private static <R> Outcome<R> exchange(Attempt attempt, Models<R> models) {
    Exchange exchange = new Exchange(attempt);
    try (Exchange.Scope ignored = exchange.open()) {
      R answer = models.call(attempt.target());
      attempt.joined(exchange.isJoined());
      if (answer == null) {
        attempt.taken();
        return failed(AttemptFailedException.noAnswer());
      }
      return new Outcome<>(answer, usageOf(answer, models, exchange), NO_ERROR);
    } catch (Throwable error) {
      attempt.joined(exchange.isJoined());
      if (exchange.isAccepted()) {
        attempt.taken();
      }
      @Nullable Outcome<R> kept = kept(attempt, models, exchange);
      if (kept != null) {
        return kept;
      }
      UnseenRetries.mention(attempt.target(), exchange);
      exchange.usage().ifPresent(attempt::used);
      return failed(error);
    }
  }

  /** A whole answer that the framework failed to read, if the client has it in other words. */
  private static <R> @Nullable Outcome<R> kept(
      Attempt attempt, Models<R> models, Exchange exchange) {
    if (exchange.kept().isEmpty()) {
      return null;
    }
    try (Exchange.Scope ignored = exchange.open()) {
      R answer = models.call(attempt.target());
      return answer == null
          ? null
          : new Outcome<>(answer, usageOf(answer, models, exchange), NO_ERROR);
    } catch (Throwable again) {
      // The first error is the one to tell.
      return null;
    }
  }

  private static <R> Outcome<R> failed(Throwable error) {
    return new Outcome<>(null, null, error);
  }

  /** An answer is an answer, whether or not its tokens can be read. */
  private static <R> @Nullable Usage usageOf(R answer, Models<R> models, Exchange exchange) {
    @Nullable Usage said = null;
    try {
      said = models.usageOf(answer);
    } catch (Throwable fault) {
      Foreign.log(models.getClass().getName(), fault);
    }
    return exchange.completed(said);
  }

  private static Step answered(Await await) {
    CountDownLatch answer = new CountDownLatch(1);
    await.onAnswer(answer::countDown);
    try {
      answer.await(await.patience().toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      await.cancelled();
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted while waiting for the caller's quota");
    }
    return await.resume();
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
}
