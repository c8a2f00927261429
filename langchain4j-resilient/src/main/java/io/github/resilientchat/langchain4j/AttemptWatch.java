package io.github.resilientchat.langchain4j;

import io.github.resilientchat.core.route.Target;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Is told of each attempt of a call where it is made, so that a trace has a part for each. Asked on
 * the thread that asks the target; what it throws is logged and dropped.
 */
@FunctionalInterface
public interface AttemptWatch {

  /** Nobody watches. */
  AttemptWatch NONE = (target, attributes) -> error -> {};

  /**
   * An attempt begins.
   *
   * @param attributes those that the call's {@code ChatModelListener}s share; empty where the call
   *     has none
   */
  Watched begins(Target target, Map<Object, Object> attributes);

  /** An attempt that began. */
  @FunctionalInterface
  interface Watched {

    /**
     * It is over; told once.
     *
     * @param error null when there is an answer; a {@link
     *     java.util.concurrent.CancellationException} when nobody waits for it any more
     */
    void ended(@Nullable Throwable error);
  }
}
