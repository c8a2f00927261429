package io.github.resilientchat.core.internal.call;

import io.github.resilientchat.core.failure.Failure;
import io.github.resilientchat.core.failure.FailureKind;
import io.github.resilientchat.core.internal.choice.Presence;
import io.github.resilientchat.core.internal.foreign.Foreign;
import io.github.resilientchat.core.internal.time.Wait;
import io.github.resilientchat.core.route.Target;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says in the log that calls leave a target, and that it is back; nothing of single attempts. Codes
 * only: a provider's message may quote the prompt.
 */
final class TargetLog {

  private static final Logger LOG = LoggerFactory.getLogger("io.github.resilientchat.core.Router");

  private TargetLog() {}

  /** An attempt is over, and its target knows. */
  static void note(Try over, String route) {
    @Nullable Failure failure = over.failure();
    Presence presence = over.bound().stats().presence();
    long now = over.endedAt();
    if (failure == null) {
      Presence.@Nullable Back back = presence.answers(now);
      if (back != null) {
        Foreign.run("the log", () -> back(over.target(), back));
      }
    } else if (failure.kind() != FailureKind.CANCELLED
        && over.bound().gates().keepsAway(over.isStreaming(), now)
        && presence.leaves(now)) {
      Foreign.run("the log", () -> left(over.target(), route, failure));
    }
  }

  private static void left(Target target, String route, Failure failure) {
    String advice = failure.advice() == null ? "" : ": " + failure.advice();
    if (failure.kind().needsAttention()) {
      LOG.warn(
          "target {} ({}) is left, seen by route {}: {}{}",
          target,
          target.place(),
          route,
          failure,
          advice);
    } else {
      LOG.info(
          "target {} ({}) is left, seen by route {}: {}{}",
          target,
          target.place(),
          route,
          failure,
          advice);
    }
  }

  private static void back(Target target, Presence.Back back) {
    LOG.info(
        "target {} ({}) is back after {}{}",
        target,
        target.place(),
        Wait.text(back.after()),
        back.times() > 1 ? ", left " + back.times() + " times meanwhile" : "");
  }
}
