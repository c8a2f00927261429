package io.github.resilientchat.core.operation;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A route at a moment.
 *
 * @param targets all of them, tier by tier
 */
public record RouteStatus(String name, List<TargetStatus> targets) {

  public RouteStatus {
    targets = List.copyOf(targets);
  }

  /** Whether some target would be asked now. */
  public boolean canAnswer() {
    return targets.stream().anyMatch(TargetStatus::canAnswer);
  }

  /** When the first target comes back; null when one can answer, and when nobody knows. */
  public @Nullable Duration comesBackIn() {
    return canAnswer()
        ? null
        : targets.stream()
            .map(TargetStatus::comesBackIn)
            .filter(Objects::nonNull)
            .min(Duration::compareTo)
            .orElse(null);
  }
}
