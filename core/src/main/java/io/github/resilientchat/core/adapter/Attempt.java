package io.github.resilientchat.core.adapter;

import io.github.resilientchat.core.Usage;
import io.github.resilientchat.core.report.CallReport;
import io.github.resilientchat.core.route.Target;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One try at one target: exactly one exchange with it. Open, then committed at the first content,
 * then ended; the first ending wins and gives back every permit, every later signal does nothing.
 * Thread-safe; whatever code of others a signal runs, it runs on the signalling thread and under no
 * lock.
 */
public non-sealed interface Attempt extends Step {

  Target target();

  /**
   * How long to wait for the next signal: the answer or the first content of an open attempt, any
   * further signal of a committed one. Never longer than the call's deadline; not negative.
   */
  Duration patience();

  /**
   * How long to wait for the first content before {@link #hedge} is worth asking; empty when this
   * call is not hedged.
   */
  Optional<Duration> hedgeAfter();

  /**
   * Asks for a second attempt beside this one, while neither has content. Whichever commits or
   * completes first wins; the engine ends the other, and its driver then stops its exchange.
   *
   * @return an attempt at another target, or {@link AlreadyEnded} when there is none to be had
   */
  Step hedge();

  /** How much is left of the patience, counted from the last signal; not negative. */
  Duration untilSilent();

  /** How long nothing was heard. */
  Duration waited();

  /** Since the attempt began. */
  Duration elapsed();

  /** Notes what was changed of the request for this target, a fixed phrase for the report. */
  void note(String what);

  /** The target has taken the request: what nobody can classify after this is its own failure. */
  void taken();

  /**
   * Whether a client that knows about exchanges ran this one: only such a client tells what the
   * target took. To be said before the attempt completes or fails.
   */
  void joined(boolean byClient);

  /**
   * A sign of life: from now on the idle timeout counts. Commits nothing.
   *
   * @param characters of the answer that the client received, whether or not its framework passes
   *     them on; what it does pass on may be said to {@link #received} too
   */
  void heard(long characters);

  /** Content of this length was passed on: the estimate of usage, if the target never says it. */
  void received(long characters);

  /** What the target says it used, which counts instead of the estimate if the attempt fails. */
  void used(Usage tokens);

  /**
   * Commits the call to this target, at the first content that a caller could act on.
   *
   * @return false when the attempt is over: drop the content and stop the exchange
   */
  boolean accept();

  /**
   * The answer is complete.
   *
   * @param usage tokens really used, or null when the target did not say
   * @return false when the attempt was over already: do not deliver
   */
  boolean completed(@Nullable Usage usage);

  /**
   * The attempt failed. The error is classified once; what follows is the returned step, after
   * content never another attempt.
   */
  Step failed(Throwable error);

  /**
   * The caller went away: says nothing about the target. What was received stays charged, or all
   * that was reserved when nothing was.
   */
  void cancelled();

  /**
   * The caller was gone before anything was sent: ends the call, and nothing is charged for this
   * attempt.
   *
   * @return what to tell, or {@link AlreadyEnded} when the attempt was over
   */
  Step abandoned();

  /** The call so far; complete once this attempt has ended it. */
  CallReport callReport();
}
