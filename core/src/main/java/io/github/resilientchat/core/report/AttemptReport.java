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
 * @param elapsed from the start of the attempt to its end
 * @param notes what of the request was changed so that the target takes it, such as {@code cache
 *     points left out}
 */
public record AttemptReport(
    Target target,
    int tier,
    @Nullable Failure failure,
    @Nullable Consequence then,
    Duration elapsed,
    List<String> notes) {

  public AttemptReport {
    notes = List.copyOf(notes);
  }

  public boolean answered() {
    return failure == null;
  }
}
