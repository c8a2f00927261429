package io.github.resilientchat.langchain4j;

import io.github.resilientchat.core.route.Target;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An attempt as its watch sees it: told once how it ended, and never in the way of an answer. */
final class WatchedAttempt {

  private static final Logger LOG = LoggerFactory.getLogger(AttemptWatch.class);

  private final AttemptWatch.@Nullable Watched watched;
  private final AtomicBoolean over = new AtomicBoolean();

  private WatchedAttempt(AttemptWatch.@Nullable Watched watched) {
    this.watched = watched;
  }

  static WatchedAttempt of(ChatCall<?> call, Target target) {
    try {
      return new WatchedAttempt(call.watch().begins(target, call.listeners().attributes()));
    } catch (RuntimeException fault) {
      return new WatchedAttempt(failed(fault));
    }
  }

  private static AttemptWatch.@Nullable Watched failed(RuntimeException fault) {
    LOG.warn("a watch of attempts threw {}, which the call survives", fault.getClass());
    return null;
  }

  void ended(@Nullable Throwable error) {
    if (watched != null && !over.getAndSet(true)) {
      try {
        watched.ended(error);
      } catch (RuntimeException fault) {
        failed(fault);
      }
    }
  }
}
