package io.github.resilientchat.core.report;

import io.github.resilientchat.core.failure.Consequence;
import io.github.resilientchat.core.failure.Failure;
import io.github.resilientchat.core.route.Target;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One try at one target.
 *
 * @param target where
 * @param tier the target's tier in the route, from 0
 * @param failure what went wrong, or null when the target answered
 * @param then what followed for the target and what it shares with others; null when nothing did
 * @param begun from the start of the call to that of the attempt
 * @param firstContent from the start of an attempt whose stream the caller heard to its first
 *     content; null for others
 * @param elapsed from the start of the attempt to its end
 * @param notes what of the request was changed so that the target takes it, such as {@code cache
 *     points left out}
 */
public record AttemptReport(
    Target target,
    int tier,
    @Nullable Failure failure,
    @Nullable Consequence then,
    Duration begun,
    @Nullable Duration firstContent,
    Duration elapsed,
    List<String> notes) {

  public AttemptReport {
    notes = List.copyOf(notes);
  }

  /** What an attempt is to its call. */
  public enum Kind {
    FIRST,
    /** Another try at a target that the call had tried. */
    RETRY,
    /** At another target, because one before had failed. */
    FALLBACK,
    /** Beside one that was under way. */
    HEDGE
  }

  /** The same attempt of a call that began so much earlier. */
  AttemptReport later(Duration by) {
    return new AttemptReport(
        target, tier, failure, then, begun.plus(by), firstContent, elapsed, notes);
  }

  /** Whether it was under way when another one began. */
  boolean wasUnderWay(AttemptReport other) {
    return begun.compareTo(other.begun) < 0 && begun.plus(elapsed).compareTo(other.begun) > 0;
  }

  public boolean answered() {
    return failure == null;
  }
}
