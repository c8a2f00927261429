package io.github.resilientchat.streaming.hostile;

import io.github.resilientchat.langchain4j.CallContext;
import java.util.function.UnaryOperator;

/** A context of an application's own that carries nothing. */
record Context(Hostility hostility) implements CallContext {

  @Override
  public UnaryOperator<Runnable> capture() {
    return hostility.at(Point.CONTEXT_CAPTURE, () -> this::wrap);
  }

  private Runnable wrap(Runnable task) {
    return hostility.at(
        Point.CONTEXT_WRAP,
        () ->
            () -> {
              hostility.at(Point.CONTEXT_RUN, () -> {});
              task.run();
              hostility.at(Point.CONTEXT_AFTER, () -> {});
            });
  }
}
